using System.ComponentModel.DataAnnotations;
using Tms.Api.Companies;
using Tms.Api.Reading;
using Tms.Domain.Companies;
using Tms.Domain.Shared;
using Tms.Domain.Users;

namespace Tms.Api.Auth;

/// <summary>
/// A company registers itself, with the person who runs it; or, with a token that was mailed, somebody joins the company that invited.
/// </summary>
public sealed record RegisterRequest : IRuled
{
    private static readonly Refusal NoCompany = Refusal.Invalid("/company", RuleCodes.Required, "It must be given.");

    private static readonly Refusal TwoWays = Refusal.Invalid(
        "/company", AuthCodes.NotAllowed, "Whoever was invited joins the company that invited: leave company or invitationToken out.");

    /// <summary>The company; left out where there is a token.</summary>
    public CompanyRequest? Company { get; init; }

    /// <summary>As the invitation's mail has it; left out where a company registers.</summary>
    [StringLength(200)]
    public string? InvitationToken { get; init; }

    /// <summary>Given name.</summary>
    [StringLength(100, MinimumLength = 1)]
    public required string FirstName { get; init; }

    /// <summary>Family name.</summary>
    [StringLength(100, MinimumLength = 1)]
    public required string LastName { get; init; }

    /// <summary>Address to log in with; unique in the whole system. With a token it may be left out, and is the invited one.</summary>
    [StringLength(254, MinimumLength = 3)]
    public string? Email { get; init; }

    /// <summary>At least 10 characters, and none of the common ones.</summary>
    [StringLength(Passwords.MaxLength, MinimumLength = Passwords.MinLength)]
    public required string Password { get; init; }

    internal UserInput ToPerson(string email) => new(email, FirstName, LastName);

    /// <inheritdoc />
    public IEnumerable<Refusal> Check(RuleFacts facts) =>
        [.. CheckWay(), .. CheckCompany(), .. CheckPerson(), .. facts.WeakPassword("/password", Password, Company?.Name)];

    private IEnumerable<Refusal> CheckWay() => (InvitationToken, Company) switch
    {
        (not null, not null) => [TwoWays],
        (null, null) => [NoCompany],
        _ => [],
    };

    private IEnumerable<Refusal> CheckCompany() =>
        Company is null ? [] : CompanyRules.Check(Company.ToInput()).Select(fault => fault with { Field = "/company" + fault.Field });

    // Without an address, somebody who was invited has the invited one.
    private IEnumerable<Refusal> CheckPerson() =>
        UserRules.Check(ToPerson(Email ?? "")).Where(fault => Email is not null || InvitationToken is null || fault.Field != "/email");
}
