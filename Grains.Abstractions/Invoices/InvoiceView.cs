using System.Collections.Immutable;
using Tms.Domain.Invoices;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Grains.Abstractions.Invoices;

/// <summary>An invoice as callers see it: every field that can be written, under its own name, and what follows from them.</summary>
[GenerateSerializer, Immutable, Alias("tms.invoices.view")]
public sealed record InvoiceView : IAggregateView
{
    /// <summary>The aggregate's id.</summary>
    [Id(0)]
    public required Guid Id { get; init; }

    /// <summary>Null for a draft.</summary>
    [Id(1)]
    public long? Number { get; init; }

    /// <summary>15 digits; null for a draft.</summary>
    [Id(2)]
    public string? Kid { get; init; }

    /// <summary>Where it is on its way.</summary>
    [Id(3)]
    public required InvoiceStatus Status { get; init; }

    /// <summary>Whether the due date passed with something outstanding.</summary>
    [Id(4)]
    public bool IsOverdue { get; init; }

    /// <summary>The company as it was at send; null for a draft.</summary>
    [Id(5)]
    public SellerSnapshot? Seller { get; init; }

    /// <summary>The registered customer; null for one that is written on the invoice only.</summary>
    [Id(6)]
    public Guid? CustomerId { get; init; }

    /// <summary>The customer, registered or not.</summary>
    [Id(7)]
    public required InvoiceCustomerView Customer { get; init; }

    /// <summary>Null for a draft that leaves it to the day of sending.</summary>
    [Id(8)]
    public DateOnly? IssueDate { get; init; }

    /// <summary>Null for a draft that leaves it to the payment terms.</summary>
    [Id(9)]
    public DateOnly? DueDate { get; init; }

    /// <summary>As written; null where nothing was said.</summary>
    [Id(10)]
    public int? PaymentTermsDays { get; init; }

    /// <summary>ISO 4217.</summary>
    [Id(11)]
    public required string Currency { get; init; }

    /// <summary>The buyer's reference.</summary>
    [Id(12)]
    public string? Reference { get; init; }

    /// <summary>Free text.</summary>
    [Id(13)]
    public string? Note { get; init; }

    /// <summary>When it was delivered.</summary>
    [Id(14)]
    public DateOnly? DeliveryDate { get; init; }

    /// <summary>Where it was delivered.</summary>
    [Id(15)]
    public string? DeliveryPlace { get; init; }

    /// <summary>What is sold, each with its net.</summary>
    [Id(16)]
    public required ImmutableArray<InvoiceLine> Lines { get; init; }

    /// <summary>Deductions from the whole.</summary>
    [Id(17)]
    public required ImmutableArray<InvoiceAdjustment> Allowances { get; init; }

    /// <summary>Additions to the whole.</summary>
    [Id(18)]
    public required ImmutableArray<InvoiceAdjustment> Charges { get; init; }

    /// <summary>Already paid before the invoice.</summary>
    [Id(19)]
    public decimal Prepaid { get; init; }

    /// <summary>Added to reach whole kroner.</summary>
    [Id(20)]
    public decimal PayableRounding { get; init; }

    /// <summary>The sums.</summary>
    [Id(21)]
    public required InvoiceTotalsView Totals { get; init; }

    /// <summary>Payments that hold, in the order noted.</summary>
    [Id(22)]
    public required ImmutableArray<InvoicePayment> Payments { get; init; }

    /// <summary>Credit notes, in the order issued.</summary>
    [Id(23)]
    public ImmutableArray<InvoiceCreditNoteView> CreditNotes { get; init; } = [];

    /// <summary>Number of events; the ETag.</summary>
    [Id(24)]
    public required int Version { get; init; }

    /// <summary>When it was made, UTC.</summary>
    [Id(25)]
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed, UTC.</summary>
    [Id(26)]
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The view of a state that exists.</summary>
    public static InvoiceView Of(Invoice state) => new()
    {
        Id = state.Id,
        Number = state.Number,
        Kid = state.Kid,
        Status = state.Status,
        IsOverdue = state.IsOverdue,
        Seller = state.Seller,
        CustomerId = state.Input.CustomerId,
        Customer = InvoiceCustomerView.Of(state.Input.Customer!),
        IssueDate = state.Input.IssueDate,
        DueDate = state.Input.DueDate,
        PaymentTermsDays = state.Input.PaymentTermsDays,
        Currency = state.Input.Currency,
        Reference = state.Input.Reference,
        Note = state.Input.Note,
        DeliveryDate = state.Input.DeliveryDate,
        DeliveryPlace = state.Input.DeliveryPlace,
        Lines = state.Input.Lines,
        Allowances = state.Input.Allowances,
        Charges = state.Input.Charges,
        Prepaid = state.Input.Prepaid,
        PayableRounding = state.Input.PayableRounding,
        Totals = InvoiceTotalsView.Of(state),
        Payments = state.Payments,
        Version = state.Version,
        CreatedAt = state.CreatedAt,
        UpdatedAt = state.UpdatedAt,
    };
}
