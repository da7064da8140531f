using System.Collections.Immutable;
using Tms.Domain.Companies;
using Tms.Domain.Shared;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Grains.Abstractions.Companies;

/// <summary>A company as callers see it.</summary>
[GenerateSerializer, Immutable, Alias("tms.companies.view")]
public sealed record CompanyView : IAggregateView
{
    /// <summary>The company's id, and the tenant's.</summary>
    [Id(0)]
    public required Guid Id { get; init; }

    /// <summary>Name.</summary>
    [Id(1)]
    public required string Name { get; init; }

    /// <summary>Nine digits.</summary>
    [Id(2)]
    public required string OrganisationNumber { get; init; }

    /// <summary>Whether it charges VAT.</summary>
    [Id(3)]
    public required bool VatRegistered { get; init; }

    /// <summary>Eleven digits; null: documents show none.</summary>
    [Id(4)]
    public string? BankAccount { get; init; }

    /// <summary>Head office.</summary>
    [Id(5)]
    public Address? Address { get; init; }

    /// <summary>E-mail address.</summary>
    [Id(6)]
    public string? Email { get; init; }

    /// <summary>Phone number.</summary>
    [Id(7)]
    public string? Phone { get; init; }

    /// <summary>How the control digit of KIDs is made.</summary>
    [Id(8)]
    public required KidMethod KidMethod { get; init; }

    /// <summary>What is active.</summary>
    [Id(9)]
    public required ImmutableArray<Module> Modules { get; init; }

    /// <summary>Whether the company may use the system.</summary>
    [Id(10)]
    public required bool IsActive { get; init; }

    /// <summary>Number of events; the ETag.</summary>
    [Id(11)]
    public required int Version { get; init; }

    /// <summary>When it was made, UTC.</summary>
    [Id(12)]
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed, UTC.</summary>
    [Id(13)]
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The view of a state that exists.</summary>
    public static CompanyView Of(Company state) => new()
    {
        Id = state.Id,
        Name = state.Input.Name,
        OrganisationNumber = state.Input.OrganisationNumber,
        VatRegistered = state.Input.VatRegistered,
        BankAccount = state.Input.BankAccount,
        Address = state.Input.Address,
        Email = state.Input.Email,
        Phone = state.Input.Phone,
        KidMethod = state.Input.KidMethod,
        Modules = state.Modules,
        IsActive = state.Exists,
        Version = state.Version,
        CreatedAt = state.CreatedAt,
        UpdatedAt = state.UpdatedAt,
    };
}
