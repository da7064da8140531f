using System.Text.Json.Serialization;

namespace Tms.Domain.Customers;

/// <summary>A customer as its rules need it, folded from its events.</summary>
public sealed record Customer
{
    /// <summary>Before the first event.</summary>
    public static readonly Customer Initial = new();

    /// <summary>The aggregate's id.</summary>
    public Guid Id { get; init; }

    /// <summary>Number of events; 0: it does not exist.</summary>
    public int Version { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed, UTC.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>In the company's series of customer numbers.</summary>
    public long Number { get; init; }

    /// <summary>All that somebody wrote.</summary>
    public CustomerInput Input { get; init; } = new() { Name = "" };

    /// <summary>Whether it is out of use.</summary>
    public bool IsArchived { get; init; }

    /// <summary>Whether there is such a customer.</summary>
    [JsonIgnore]
    public bool Exists => Version > 0;
}
