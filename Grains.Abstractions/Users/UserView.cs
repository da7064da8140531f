using System.Text.Json.Serialization;
using Tms.Domain.Shared;
using Tms.Domain.Users;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Grains.Abstractions.Users;

/// <summary>A user as callers see it.</summary>
[GenerateSerializer, Immutable, Alias("tms.users.view")]
public record UserView : IAggregateView
{
    /// <summary>The aggregate's id.</summary>
    [Id(0)]
    public required Guid Id { get; init; }

    /// <summary>Normalised.</summary>
    [Id(1)]
    public required string Email { get; init; }

    /// <summary>Given name.</summary>
    [Id(2)]
    public required string FirstName { get; init; }

    /// <summary>Family name.</summary>
    [Id(3)]
    public required string LastName { get; init; }

    /// <summary>What the user is.</summary>
    [Id(4)]
    public required Role Role { get; init; }

    /// <summary>Phone number.</summary>
    [Id(5)]
    public string? Phone { get; init; }

    /// <summary>Home.</summary>
    [Id(6)]
    public Address? Address { get; init; }

    /// <summary>The user's company; null for the platform's.</summary>
    [Id(7)]
    public Guid? CompanyId { get; init; }

    /// <summary>Whether the user may log in.</summary>
    [Id(8)]
    public required bool IsActive { get; init; }

    /// <summary>When it was made, UTC.</summary>
    [Id(9)]
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed, UTC.</summary>
    [Id(10)]
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Number of events; the ETag.</summary>
    [Id(11)]
    public required int Version { get; init; }

    /// <summary>Whether a login needs a code, too.</summary>
    [Id(12)]
    public bool HasSecondFactor { get; init; }

    /// <summary>Whether the person's data are gone.</summary>
    [Id(13)]
    public bool IsErased { get; init; }

    /// <summary>Sessions that began when the user had an earlier version have ended.</summary>
    [Id(14), JsonIgnore]
    public int SessionsFrom { get; init; }

    /// <summary>The session that goes on whenever it began; null: none.</summary>
    [Id(15), JsonIgnore]
    public Guid? SessionKept { get; init; }

    /// <summary>When somebody last logged the user out everywhere, UTC; null: never.</summary>
    [Id(16), JsonIgnore]
    public DateTimeOffset? SessionsEndedAt { get; init; }

    /// <summary>Whether the user has shown to read mail to <see cref="Email"/>.</summary>
    [Id(17), JsonIgnore]
    public bool IsEmailShown { get; init; }

    /// <summary>The view of a state that exists.</summary>
    public static UserView Of(User state) => new()
    {
        Id = state.Id,
        Email = state.Email,
        FirstName = state.FirstName,
        LastName = state.LastName,
        Role = state.Role,
        Phone = state.Phone,
        Address = state.Address,
        CompanyId = state.CompanyId,
        IsActive = state.IsActive,
        HasSecondFactor = state.RecoveryCodes is not null,
        IsErased = state.IsErased,
        SessionsFrom = state.SessionsFrom,
        SessionKept = state.SessionKept,
        SessionsEndedAt = state.SessionsEndedAt,
        IsEmailShown = state.IsEmailShown,
        CreatedAt = state.CreatedAt,
        UpdatedAt = state.UpdatedAt,
        Version = state.Version,
    };
}
