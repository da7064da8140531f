using Orleans;
using Tms.Domain.Shared;

namespace Tms.Domain.Users;

/// <summary>What can be asked of a user.</summary>
[GenerateSerializer, Immutable, Alias("tms.users.command")]
public abstract record UserCommand;

/// <summary>Makes a user with a password.</summary>
/// <param name="UserId">The user's id.</param>
/// <param name="CompanyId">The user's company; null for an ADMIN, who belongs to the platform.</param>
/// <param name="Role">What the user is.</param>
/// <param name="Person">Who it is.</param>
/// <param name="PasswordHash">As the hasher gave it; stored beside the event, never in it.</param>
[GenerateSerializer, Immutable, Alias("tms.users.register")]
public sealed record RegisterUser(
    [property: Id(0)] Guid UserId,
    [property: Id(1)] Guid? CompanyId,
    [property: Id(2)] Role Role,
    [property: Id(3)] UserInput Person,
    [property: Id(4)] byte[] PasswordHash) : UserCommand;

/// <summary>Replaces what a user says of itself.</summary>
/// <param name="FirstName">Given name.</param>
/// <param name="LastName">Family name.</param>
/// <param name="Phone">Phone number.</param>
/// <param name="Address">Home.</param>
[GenerateSerializer, Immutable, Alias("tms.users.update-profile")]
public sealed record UpdateProfile(
    [property: Id(0)] string FirstName,
    [property: Id(1)] string LastName,
    [property: Id(2)] string? Phone = null,
    [property: Id(3)] Address? Address = null) : UserCommand;

/// <summary>Who a new user is.</summary>
/// <param name="Email">As it is written; unique in its normalised form.</param>
/// <param name="FirstName">Given name.</param>
/// <param name="LastName">Family name.</param>
[GenerateSerializer, Immutable, Alias("tms.users.input")]
public sealed record UserInput(
    [property: Id(0)] string Email,
    [property: Id(1)] string FirstName,
    [property: Id(2)] string LastName);
