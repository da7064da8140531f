using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace Tms.Api.Versioning;

/// <summary>What a request says about its version in path, header and Accept.</summary>
internal struct RequestedVersion
{
    private const string VendorPrefix = "application/vnd.tms.v";
    private const string VendorSuffix = "+json";
    private const int Whole = 1000;
    private string? _unreadable;
    private bool _ambiguous;

    /// <summary>The major asked for; 0: none.</summary>
    public int Major { get; private set; }

    /// <summary>The vendor media type in Accept; null: none.</summary>
    public string? VendorType { get; private set; }

    /// <summary>The first text that is no version of ours; null: all are.</summary>
    public readonly string? Unknown => _unreadable ?? (Major is 0 or 1 or 2 ? null : Major.ToString(CultureInfo.InvariantCulture));

    /// <summary>Whether two places ask for different majors.</summary>
    public readonly bool IsAmbiguous => _ambiguous;

    /// <summary>Reads the version segment of a path such as <c>/v2/users</c> and gives the path without it.</summary>
    public PathString TakePath(PathString rest)
    {
        var path = rest.Value;
        if (path is null || path.Length < 3 || (path[1] | 0x20) != 'v' || !char.IsAsciiDigit(path[2])) return rest;
        var end = path.IndexOf('/', 1);
        if (end < 0) end = path.Length;
        Take(path.AsSpan(2, end - 2));
        return new PathString(path[end..]);
    }

    /// <summary>Reads X-API-Version.</summary>
    public void TakeHeader(StringValues values)
    {
        foreach (var value in values) Take(value.AsSpan().Trim());
    }

    /// <summary>Reads the vendor media types of Accept: those of the highest weight, and none of weight 0.</summary>
    public void TakeAccept(StringValues values)
    {
        var highest = 0;
        foreach (var value in values)
        {
            if (value is null || !value.Contains(VendorPrefix, StringComparison.OrdinalIgnoreCase)) continue;
            foreach (var range in value.AsSpan().Split(',')) highest = Math.Max(highest, Weight(value.AsSpan(range)));
        }

        if (highest > 0) TakeWeighing(values, highest);
    }

    private void TakeWeighing(StringValues values, int weight)
    {
        foreach (var value in values)
        {
            foreach (var range in value.AsSpan().Split(','))
            {
                var media = value.AsSpan(range);
                if (Weight(media) == weight) TakeMediaType(TypeOf(media));
            }
        }
    }

    private static ReadOnlySpan<char> TypeOf(ReadOnlySpan<char> range) =>
        (range.IndexOf(';') is >= 0 and var end ? range[..end] : range).Trim();

    // In thousandths, as finely as weights are written; 0 for what is no vendor media type.
    private static int Weight(ReadOnlySpan<char> range)
    {
        if (!TypeOf(range).StartsWith(VendorPrefix, StringComparison.OrdinalIgnoreCase)) return 0;
        foreach (var part in range.Split(';'))
        {
            var parameter = range[part].Trim();
            if (!parameter.StartsWith("q=", StringComparison.OrdinalIgnoreCase)) continue;
            return decimal.TryParse(parameter[2..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight)
                ? (int)(Math.Min(weight, 1) * Whole)
                : Whole;
        }

        return Whole;
    }

    private void TakeMediaType(ReadOnlySpan<char> type)
    {
        if (!type.EndsWith(VendorSuffix, StringComparison.OrdinalIgnoreCase))
        {
            _unreadable ??= type.ToString();
            return;
        }

        VendorType ??= type.ToString().ToLowerInvariant();
        Take(type[VendorPrefix.Length..^VendorSuffix.Length]);
    }

    private void Take(ReadOnlySpan<char> version)
    {
        if (!TryParseMajor(version, out var major)) _unreadable ??= version.ToString();
        else if (Major == 0) Major = major;
        else _ambiguous |= Major != major;
    }

    // major, major.minor or major.minor.patch; minors and patches are served by the highest that exists.
    private static bool TryParseMajor(ReadOnlySpan<char> version, out int major)
    {
        major = 0;
        var parts = 0;
        foreach (var part in version.Split('.'))
        {
            if (!int.TryParse(version[part], NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
            if (parts++ == 0) major = number;
        }

        return parts <= 3 && major > 0;
    }
}
