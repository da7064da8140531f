using System.ComponentModel.DataAnnotations;

namespace Tms.Api.Admin;

/// <summary>What part of an operator's list is asked for.</summary>
public sealed record AdminQuery
{
    /// <summary>Rows at most.</summary>
    [Range(1, 100)]
    public int Limit { get; init; } = 20;

    /// <summary>The last page's nextCursor.</summary>
    public string? Cursor { get; init; }

    /// <summary>Whether the answer says how many there are in all.</summary>
    public bool IncludeTotal { get; init; }
}
