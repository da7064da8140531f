using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Tms.Api.Companies;
using Tms.Api.Http;
using Tms.Api.Reading;
using Tms.Domain.Shared;
using Tms.Domain.Users;
using Tms.Grains.Abstractions.Companies;
using Tms.Grains.Abstractions.Users;

namespace Tms.Api.Users;

/// <summary>A user as v1 reads it.</summary>
public sealed record Bruker
{
    /// <summary>id.</summary>
    public required Guid Id { get; init; }

    /// <summary>email.</summary>
    public required string Email { get; init; }

    /// <summary>firstName.</summary>
    public required string Fornavn { get; init; }

    /// <summary>lastName.</summary>
    public required string Etternavn { get; init; }

    /// <summary>role.</summary>
    public required Role Rolle { get; init; }

    /// <summary>phone.</summary>
    public string? Telefon { get; init; }

    /// <summary>address.street.</summary>
    public string? Adresse { get; init; }

    /// <summary>address.postalCode.</summary>
    public string? Postnummer { get; init; }

    /// <summary>address.city.</summary>
    public string? Poststed { get; init; }

    /// <summary>The company; null for an ADMIN, and in lists across companies.</summary>
    public Bedrift? Bedrift { get; init; }

    /// <summary>What the user has completed; on the own profile only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public UserStatistics? Statistics { get; init; }

    /// <summary>isActive.</summary>
    public required bool IsActive { get; init; }

    /// <summary>createdAt.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>updatedAt.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    internal static Bruker Of(UserView user, CompanyView? company) => new()
    {
        Id = user.Id,
        Email = user.Email,
        Fornavn = user.FirstName,
        Etternavn = user.LastName,
        Rolle = user.Role,
        Telefon = user.Phone,
        Adresse = user.Address?.Street,
        Postnummer = user.Address?.PostalCode,
        Poststed = user.Address?.City,
        Bedrift = company is null ? null : new Bedrift(company.Id, company.Name, company.OrganisationNumber),
        IsActive = user.IsActive,
        CreatedAt = user.CreatedAt,
        UpdatedAt = user.UpdatedAt,
    };
}

/// <summary>A company in short, as v1 reads it.</summary>
/// <param name="Id">id.</param>
/// <param name="Navn">name.</param>
/// <param name="Organisasjonsnummer">organisationNumber.</param>
public sealed record Bedrift(Guid Id, string Navn, string Organisasjonsnummer);

/// <summary>What a user says of itself, in the words of the old system.</summary>
[ReadOnlyInput(typeof(Bruker))]
public sealed record ProfilRequest : IRuled
{
    /// <summary>firstName.</summary>
    [StringLength(UserRules.MaxName, MinimumLength = 1)]
    [OldName("firstName")]
    public required string Fornavn { get; init; }

    /// <summary>lastName.</summary>
    [StringLength(UserRules.MaxName, MinimumLength = 1)]
    [OldName("lastName")]
    public required string Etternavn { get; init; }

    /// <summary>phone.</summary>
    [OldName("phone")]
    public string? Telefon { get; init; }

    /// <summary>address.street.</summary>
    [StringLength(Address.MaxStreet)]
    [OldName("address/street")]
    public string? Adresse { get; init; }

    /// <summary>address.postalCode.</summary>
    [StringLength(Address.MaxPostalCode)]
    [OldName("address/postalCode")]
    public string? Postnummer { get; init; }

    /// <summary>address.city.</summary>
    [StringLength(Address.MaxCity)]
    [OldName("address/city")]
    public string? Poststed { get; init; }

    /// <summary>The profile with what v1 says of it; v1 has no word for the country, which stays.</summary>
    internal UpdateProfile ToCommand(Address? now) => new(Fornavn, Etternavn, Telefon, OldAddress.Of(Adresse, Postnummer, Poststed, now));

    /// <inheritdoc />
    public IEnumerable<Refusal> Check(RuleFacts facts) => UserRules.Check(ToCommand(now: null));
}

/// <summary>What part of a company's users is asked for, in v1.</summary>
public sealed record BrukerQuery : OldPageQuery
{
    /// <summary>Name or e-mail address begins with this.</summary>
    [StringLength(200, MinimumLength = 1)]
    public string? Search { get; init; }
}
