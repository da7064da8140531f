using Tms.Api.Hosting;
using Tms.Api.Http;

namespace Tms.Api.Auth;

/// <summary>The request that begins or goes on with a session.</summary>
/// <param name="Correlation">Follows it into every event that it causes.</param>
/// <param name="UserAgent">
/// What its user is told to know the session by: the first 120 printable characters of the header; null where it has none.
/// </param>
public sealed record Visit(string Correlation, string? UserAgent)
{
    private const int MaxAgent = 120;

    /// <summary>The visit that a request is.</summary>
    public static Visit Of(HttpContext http) =>
        new(http.Facts().CorrelationId, Shorten(http.Request.Headers.UserAgent)) { From = CallerNetwork.Of(http) };

    /// <summary>Where it comes from.</summary>
    internal CallerNetwork From { get; private init; }

    private static string? Shorten(string? header) =>
        string.IsNullOrWhiteSpace(header) ? null : string.Concat(header.Where(c => c is >= ' ' and <= '~').Take(MaxAgent));
}
