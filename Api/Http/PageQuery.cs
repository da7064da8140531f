using System.ComponentModel.DataAnnotations;

namespace Tms.Api.Http;

/// <summary>What part of a list is asked for, where there is nothing to filter or sort by.</summary>
public sealed record PageQuery
{
    /// <summary>Rows at most.</summary>
    [Range(1, 100)]
    public int Limit { get; init; } = 20;

    /// <summary>The last page's nextCursor.</summary>
    public string? Cursor { get; init; }

    /// <summary>Whether the answer says how many there are in all.</summary>
    public bool IncludeTotal { get; init; }
}
