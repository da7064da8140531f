using System.ComponentModel.DataAnnotations;
using Tms.Api.Http;
using Tms.Api.Reading;
using Tms.Domain.Companies;
using Tms.Domain.Shared;
using Tms.Grains.Abstractions.Companies;

namespace Tms.Api.Companies;

/// <summary>A company as v1 reads it.</summary>
public sealed record BedriftView
{
    /// <summary>id.</summary>
    public required Guid Id { get; init; }

    /// <summary>name.</summary>
    public required string Navn { get; init; }

    /// <summary>organisationNumber.</summary>
    public required string Organisasjonsnummer { get; init; }

    /// <summary>address.street.</summary>
    public string? Adresse { get; init; }

    /// <summary>address.postalCode.</summary>
    public string? Postnummer { get; init; }

    /// <summary>address.city.</summary>
    public string? Poststed { get; init; }

    /// <summary>phone.</summary>
    public string? Telefon { get; init; }

    /// <summary>email.</summary>
    public string? Email { get; init; }

    /// <summary>isActive.</summary>
    public required bool IsActive { get; init; }

    /// <summary>createdAt.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>updatedAt.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    internal static BedriftView Of(CompanyView company) => new()
    {
        Id = company.Id,
        Navn = company.Name,
        Organisasjonsnummer = company.OrganisationNumber,
        Adresse = company.Address?.Street,
        Postnummer = company.Address?.PostalCode,
        Poststed = company.Address?.City,
        Telefon = company.Phone,
        Email = company.Email,
        IsActive = company.IsActive,
        CreatedAt = company.CreatedAt,
        UpdatedAt = company.UpdatedAt,
    };
}

/// <summary>What somebody writes of a company, in the words of the old system.</summary>
[ReadOnlyInput(typeof(BedriftView))]
public sealed record BedriftRequest : IRuled
{
    /// <summary>name.</summary>
    [StringLength(200, MinimumLength = 1)]
    [OldName("name")]
    public required string Navn { get; init; }

    /// <summary>organisationNumber.</summary>
    [OldName("organisationNumber")]
    public required string Organisasjonsnummer { get; init; }

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

    /// <summary>phone.</summary>
    [OldName("phone")]
    public string? Telefon { get; init; }

    /// <summary>email.</summary>
    [OldName("email")]
    public string? Email { get; init; }

    /// <summary>The company with what v1 says of it; what v1 has no word for stays.</summary>
    internal CompanyInput ToInput(CompanyView? now) => new()
    {
        Name = Navn,
        OrganisationNumber = Organisasjonsnummer,
        VatRegistered = now?.VatRegistered ?? true,
        BankAccount = now?.BankAccount,
        Address = OldAddress.Of(Adresse, Postnummer, Poststed, now?.Address),
        Email = Email,
        Phone = Telefon,
        KidMethod = now?.KidMethod ?? default,
    };

    /// <inheritdoc />
    public IEnumerable<Refusal> Check(RuleFacts facts) => CompanyRules.Check(ToInput(now: null));
}

/// <summary>Addresses as v1 writes them: three fields, and no country.</summary>
internal static class OldAddress
{
    /// <summary>The address of three fields, in the country that it was in; null where none of them says anything.</summary>
    public static Address? Of(string? street, string? postalCode, string? city, Address? now) =>
        street is null && postalCode is null && city is null ? null : new Address(street, postalCode, city, now?.Country ?? "NO");
}
