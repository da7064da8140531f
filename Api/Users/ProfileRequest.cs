using System.ComponentModel.DataAnnotations;
using Tms.Api.Reading;
using Tms.Domain.Shared;
using Tms.Domain.Users;

namespace Tms.Api.Users;

/// <summary>What a user says of itself.</summary>
[ReadOnlyInput(typeof(ProfileView))]
public sealed record ProfileRequest : IRuled
{
    /// <summary>Given name.</summary>
    [StringLength(100, MinimumLength = 1)]
    public required string FirstName { get; init; }

    /// <summary>Family name.</summary>
    [StringLength(100, MinimumLength = 1)]
    public required string LastName { get; init; }

    /// <summary>Phone number.</summary>
    public string? Phone { get; init; }

    /// <summary>Home.</summary>
    public Address? Address { get; init; }

    /// <inheritdoc />
    public IEnumerable<Refusal> Check(RuleFacts facts) => UserRules.Check(ToCommand());

    internal UpdateProfile ToCommand() => new(FirstName, LastName, Phone, Address);
}
