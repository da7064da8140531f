using Tms.Domain.Shared;

namespace Tms.Domain.Customers;

/// <summary>A customer as its rules need it, folded from its events.</summary>
public sealed record Customer : ChangingState
{
    /// <summary>In the company's series of customer numbers.</summary>
    public long Number { get; init; }

    /// <summary>All that somebody wrote.</summary>
    public CustomerInput Input { get; init; } = new() { Name = "" };

    /// <summary>Whether it is out of use.</summary>
    public bool IsArchived { get; init; }
}
