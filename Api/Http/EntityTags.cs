namespace Tms.Api.Http;

/// <summary>Walks the entity tags of one header line: a list as RFC 9110, 5.6.1 and 8.8.3, whose empty members say nothing.</summary>
/// <param name="line">The line; commas may stand within tags.</param>
internal ref struct EntityTags(ReadOnlySpan<char> line)
{
    private ReadOnlySpan<char> _rest = line;

    /// <summary>The tag's text, between its quotes and as it is written.</summary>
    public ReadOnlySpan<char> Text { get; private set; }

    /// <summary>Whether the tag is weak: <c>W/"…"</c>.</summary>
    public bool IsWeak { get; private set; }

    /// <summary>Whether the walk ended at something that is no tag.</summary>
    public bool IsMalformed { get; private set; }

    /// <summary>Goes on to the next tag; false at the end, and at what is no tag.</summary>
    public bool Next()
    {
        _rest = _rest.TrimStart(" \t,");
        if (_rest.IsEmpty) return false;
        IsMalformed = !TryTake();
        return !IsMalformed;
    }

    private bool TryTake()
    {
        IsWeak = _rest.StartsWith("W/", StringComparison.Ordinal);
        if (IsWeak) _rest = _rest[2..];
        if (_rest is not ['"', ..] || _rest[1..].IndexOf('"') is not (>= 0 and var length)) return false;
        Text = _rest.Slice(1, length);
        _rest = _rest[(length + 2)..].TrimStart(" \t");
        return _rest is [] or [',', ..] && !Text.ContainsAny(" \t");
    }
}
