using Tms.Domain.Shared;

namespace Tms.Domain.Users;

/// <summary>What has happened to a user.</summary>
public abstract record UserEvent;

/// <summary>USER_REGISTERED.</summary>
/// <param name="CompanyId">The user's company; null for the platform's.</param>
/// <param name="Role">What the user is.</param>
/// <param name="Email">Normalised.</param>
/// <param name="FirstName">Given name.</param>
/// <param name="LastName">Family name.</param>
public sealed record UserRegistered(
    Guid? CompanyId,
    Role Role,
    [property: PersonalData] string Email,
    [property: PersonalData] string FirstName,
    [property: PersonalData] string LastName) : UserEvent;

/// <summary>USER_UPDATED: what a user says of itself from now on.</summary>
/// <param name="FirstName">Given name.</param>
/// <param name="LastName">Family name.</param>
/// <param name="Phone">Phone number.</param>
/// <param name="Address">Home.</param>
public sealed record UserUpdated(
    [property: PersonalData] string FirstName,
    [property: PersonalData] string LastName,
    [property: PersonalData] string? Phone,
    [property: PersonalData] Address? Address) : UserEvent;
