using System.ComponentModel.DataAnnotations;

namespace Tms.Api.Http;

/// <summary>What part of a list is asked for. A list that filters or sorts adds its own to it.</summary>
public record PageQuery
{
    /// <summary>Rows at most.</summary>
    [Range(1, 100)]
    public int Limit { get; init; } = 20;

    /// <summary>The last page's nextCursor.</summary>
    public string? Cursor { get; init; }

    /// <summary>Whether the answer says how many there are in all.</summary>
    public bool IncludeTotal { get; init; }
}
