using System.Text.Json.Serialization;
using Tms.Domain.Shared;

namespace Tms.Domain.Users;

/// <summary>A user as its rules need it, folded from its events.</summary>
public sealed record User
{
    /// <summary>Before the first event.</summary>
    public static readonly User Initial = new();

    /// <summary>The aggregate's id.</summary>
    public Guid Id { get; init; }

    /// <summary>Number of events; 0: it does not exist.</summary>
    public int Version { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed, UTC.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The user's company; null for the platform's.</summary>
    public Guid? CompanyId { get; init; }

    /// <summary>What the user is.</summary>
    public Role Role { get; init; } = Role.Elev;

    /// <summary>Normalised.</summary>
    public string Email { get; init; } = "";

    /// <summary>Given name.</summary>
    public string FirstName { get; init; } = "";

    /// <summary>Family name.</summary>
    public string LastName { get; init; } = "";

    /// <summary>Phone number.</summary>
    public string? Phone { get; init; }

    /// <summary>Home.</summary>
    public Address? Address { get; init; }

    /// <summary>Whether there is such a user.</summary>
    [JsonIgnore]
    public bool Exists => Version > 0;
}
