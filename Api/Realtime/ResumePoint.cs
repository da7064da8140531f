using System.Globalization;

namespace Tms.Api.Realtime;

/// <summary>Where a client asks to be served from.</summary>
/// <param name="Since">The last position it has; null: from now on.</param>
/// <param name="Epoch">The epoch it was served under.</param>
internal readonly record struct ResumePoint(long? Since, string? Epoch)
{
    /// <summary>Reads the query of a connect; false when <c>since</c> is not a whole number.</summary>
    public static bool TryParse(IQueryCollection query, out ResumePoint point)
    {
        var since = query["since"].ToString();
        var digits = since.AsSpan(since is ['-' or '+', ..] ? 1 : 0);
        var valid = digits.Length > 0 && !digits.ContainsAnyExceptInRange('0', '9');

        // More digits than a position has: still a whole number, and far above any head.
        var position =
            long.TryParse(since, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var parsed) ? parsed : long.MaxValue;
        point = new(valid ? position : null, query["epoch"]);
        return valid || since.Length == 0;
    }

    /// <summary>Whether the log reaches from the point to its head, and not too far.</summary>
    public bool IsWithin(long head, long limit) => Since is { } since && since >= 0 && since <= head && head - since <= limit;
}
