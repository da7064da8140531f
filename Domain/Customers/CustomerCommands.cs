using Orleans;
using Tms.Domain.Shared;

namespace Tms.Domain.Customers;

/// <summary>What can be asked of a customer.</summary>
[GenerateSerializer, Immutable, Alias("tms.customers.command")]
public abstract record CustomerCommand;

/// <summary>Registers a customer; the number is drawn when it is stored.</summary>
/// <param name="Input">All about the customer.</param>
[GenerateSerializer, Immutable, Alias("tms.customers.create")]
public sealed record CreateCustomer([property: Id(0)] CustomerInput Input) : CustomerCommand, ICreate;

/// <summary>Replaces everything about a customer.</summary>
/// <param name="Input">All about the customer from now on.</param>
[GenerateSerializer, Immutable, Alias("tms.customers.update")]
public sealed record UpdateCustomer([property: Id(0)] CustomerInput Input) : CustomerCommand;

/// <summary>Takes a customer out of use. What was sent to it stays; it gets no new invoices.</summary>
[GenerateSerializer, Immutable, Alias("tms.customers.archive")]
public sealed record ArchiveCustomer : CustomerCommand;

/// <summary>Everything that somebody writes about a customer.</summary>
[GenerateSerializer, Immutable, Alias("tms.customers.input")]
public sealed record CustomerInput
{
    /// <summary>Name.</summary>
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>Nine digits.</summary>
    [Id(1)]
    public string? OrganisationNumber { get; init; }

    /// <summary>Where documents are mailed.</summary>
    [Id(2)]
    public string? Email { get; init; }

    /// <summary>Phone number.</summary>
    [Id(3)]
    public string? Phone { get; init; }

    /// <summary>Postal address.</summary>
    [Id(4)]
    public Address? Address { get; init; }

    /// <summary>Days to pay, 0 to 365; null: the invoice's default.</summary>
    [Id(5)]
    public int? PaymentTermsDays { get; init; }

    /// <summary>Peppol participant, <c>scheme:value</c>, e.g. <c>0192:974760673</c>.</summary>
    [Id(6)]
    public string? PeppolId { get; init; }
}
