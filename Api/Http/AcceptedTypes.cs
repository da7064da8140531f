using Microsoft.Net.Http.Headers;

namespace Tms.Api.Http;

/// <summary>
/// What a request accepts, read with its weights (RFC 9110, 12.5.1): of the ranges that a type is in, the most specific decides.
/// </summary>
internal sealed class AcceptedTypes
{
    private readonly List<MediaTypeHeaderValue> _ranges = [];
    private readonly bool _isReadable;

    /// <summary>
    /// Reads the text of Accept. What cannot be read accepts everything. A charset says nothing: all texts here are UTF-8.
    /// </summary>
    public AcceptedTypes(string accept)
    {
        _isReadable = MediaTypeHeaderValue.TryParseList([accept], out var ranges);
        if (!_isReadable) return;
        foreach (var range in ranges!)
        {
            range.Charset = default;
            _ranges.Add(range);
        }
    }

    /// <summary>Whether JSON may be sent. Whoever names problem details alone reads JSON, too.</summary>
    public bool TakeJson => Take("application/json") || Exactly("application/problem+json");

    /// <summary>Whether a media type may be sent.</summary>
    public bool Take(string type) => !_isReadable || Deciding(new MediaTypeHeaderValue(type)) is { Quality: not 0 };

    private bool Exactly(string type) =>
        _ranges.Exists(range => range.Quality != 0 && range.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase));

    private MediaTypeHeaderValue? Deciding(MediaTypeHeaderValue offered)
    {
        MediaTypeHeaderValue? deciding = null;
        foreach (var range in _ranges)
        {
            if (offered.IsSubsetOf(range) && (deciding is null || Rank(range) > Rank(deciding))) deciding = range;
        }

        return deciding;
    }

    private static int Rank(MediaTypeHeaderValue range) => range switch
    {
        { MatchesAllTypes: true } => 0,
        { MatchesAllSubTypes: true } => 1,
        { MatchesAllSubTypesWithoutSuffix: true } => 2,
        _ => 3,
    };
}
