using Tms.Domain.Customers;
using Tms.Domain.Shared;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Grains.Abstractions.Customers;

/// <summary>A customer as callers see it.</summary>
[GenerateSerializer, Immutable, Alias("tms.customers.view")]
public sealed record CustomerView : IAggregateView
{
    /// <summary>The aggregate's id.</summary>
    [Id(0)]
    public required Guid Id { get; init; }

    /// <summary>Customer number.</summary>
    [Id(1)]
    public required long Number { get; init; }

    /// <summary>Name.</summary>
    [Id(2)]
    public required string Name { get; init; }

    /// <summary>Nine digits.</summary>
    [Id(3)]
    public string? OrganisationNumber { get; init; }

    /// <summary>Where documents are mailed.</summary>
    [Id(4)]
    public string? Email { get; init; }

    /// <summary>Phone number.</summary>
    [Id(5)]
    public string? Phone { get; init; }

    /// <summary>Postal address.</summary>
    [Id(6)]
    public Address? Address { get; init; }

    /// <summary>Days to pay; null: the invoice's default.</summary>
    [Id(7)]
    public int? PaymentTermsDays { get; init; }

    /// <summary>Peppol participant.</summary>
    [Id(8)]
    public string? PeppolId { get; init; }

    /// <summary>Whether it is out of use.</summary>
    [Id(9)]
    public bool IsArchived { get; init; }

    /// <summary>Number of events; the ETag.</summary>
    [Id(10)]
    public required int Version { get; init; }

    /// <summary>When it was made, UTC.</summary>
    [Id(11)]
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed, UTC.</summary>
    [Id(12)]
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The view of a state that exists.</summary>
    public static CustomerView Of(Customer state) => new()
    {
        Id = state.Id,
        Number = state.Number,
        Name = state.Input.Name,
        OrganisationNumber = state.Input.OrganisationNumber,
        Email = state.Input.Email,
        Phone = state.Input.Phone,
        Address = state.Input.Address,
        PaymentTermsDays = state.Input.PaymentTermsDays,
        PeppolId = state.Input.PeppolId,
        IsArchived = state.IsArchived,
        Version = state.Version,
        CreatedAt = state.CreatedAt,
        UpdatedAt = state.UpdatedAt,
    };
}
