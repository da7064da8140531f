using Tms.Domain.Shared;

namespace Tms.Domain.Invoices;

/// <summary>What leaves the system of an invoice's event. A shape of its own: the stored ones stay free to change.</summary>
public sealed record InvoicePayload
{
    /// <summary>Null for a draft.</summary>
    public long? Number { get; init; }

    /// <summary>Null for a draft.</summary>
    public string? Kid { get; init; }

    /// <summary>Right after the event.</summary>
    public required InvoiceStatus Status { get; init; }

    /// <summary>To whom.</summary>
    public required InvoiceCustomer Customer { get; init; }

    /// <summary>Null for a draft that does not say.</summary>
    public DateOnly? IssueDate { get; init; }

    /// <summary>Null for a draft that does not say.</summary>
    public DateOnly? DueDate { get; init; }

    /// <summary>ISO 4217.</summary>
    public required string Currency { get; init; }

    /// <summary>The sums right after the event.</summary>
    public required InvoiceAmounts Totals { get; init; }

    /// <summary>Events of payments: which.</summary>
    public Guid? PaymentId { get; init; }

    /// <summary>Events of payments: how much.</summary>
    public decimal? Amount { get; init; }

    /// <summary>Events of payments: when it was paid.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>Events of payments: the bank's or the payer's words.</summary>
    public string? Reference { get; init; }

    /// <summary>Why it was cancelled or taken back.</summary>
    public string? Reason { get; init; }

    /// <summary>The payload of an event.</summary>
    internal static InvoicePayload Of(InvoiceEvent e) => e switch
    {
        InvoicePartiallyPaid paid => Of(paid.Summary).With(paid.Payment),
        InvoicePaid { Payment: null } paid => Of(paid.Summary) with { Amount = 0m },
        InvoicePaid paid => Of(paid.Summary).With(paid.Payment),
        InvoicePaymentReversed reversed => Of(reversed.Summary).With(reversed.Payment) with { Reason = reversed.Reason },
        InvoiceCancelled cancelled => Of(cancelled.Summary) with { Reason = cancelled.Reason },
        InvoiceCreated or InvoiceUpdated or InvoiceSent or InvoiceOverdue => Of(e.Summary),
        _ => throw Decider.Unknown(e),
    };

    private static InvoicePayload Of(InvoiceSummary summary) => new()
    {
        Number = summary.Number,
        Kid = summary.Kid,
        Status = summary.Status,
        Customer = summary.Customer,
        IssueDate = summary.IssueDate,
        DueDate = summary.DueDate,
        Currency = summary.Currency,
        Totals = summary.Totals,
    };

    private InvoicePayload With(InvoicePayment payment) => this with
    {
        PaymentId = payment.Id,
        Amount = payment.Amount,
        Date = payment.Date,
        Reference = payment.Reference,
    };
}
