using Tms.Domain.Invoices;

namespace Tms.ReadModels.Invoices;

/// <summary>An invoice in a list. Amounts in kroner, times UTC.</summary>
public sealed record InvoiceRow
{
    /// <summary>The invoice.</summary>
    public required Guid Id { get; init; }

    /// <summary>The company sequence at which it was created.</summary>
    public required long CreatedSequence { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Its version.</summary>
    public required int Version { get; init; }

    /// <summary>Where it is on its way.</summary>
    public required InvoiceStatus Status { get; init; }

    /// <summary>Whether INVOICE_OVERDUE holds.</summary>
    public required bool IsOverdue { get; init; }

    /// <summary>Null for a draft.</summary>
    public long? Number { get; init; }

    /// <summary>Null for a draft.</summary>
    public string? Kid { get; init; }

    /// <summary>The registered customer, if any.</summary>
    public Guid? CustomerId { get; init; }

    /// <summary>The customer's name on the invoice.</summary>
    public required string CustomerName { get; init; }

    /// <summary>Document date.</summary>
    public DateOnly? IssueDate { get; init; }

    /// <summary>Last day to pay.</summary>
    public DateOnly? DueDate { get; init; }

    /// <summary>ISO 4217.</summary>
    public required string Currency { get; init; }

    /// <summary>The buyer's reference.</summary>
    public string? Reference { get; init; }

    /// <summary>Before VAT.</summary>
    public required decimal Net { get; init; }

    /// <summary>VAT.</summary>
    public required decimal VatAmount { get; init; }

    /// <summary>With VAT.</summary>
    public required decimal Gross { get; init; }

    /// <summary>To be paid in all.</summary>
    public required decimal Payable { get; init; }

    /// <summary>Paid so far.</summary>
    public required decimal Paid { get; init; }

    /// <summary>Still to be paid.</summary>
    public required decimal Outstanding { get; init; }
}

/// <summary>What a list of invoices is narrowed to; null narrows nothing.</summary>
public sealed record InvoiceFilter
{
    /// <summary>Exactly this status.</summary>
    public InvoiceStatus? Status { get; init; }

    /// <summary>Overdue ones, or those that are not.</summary>
    public bool? Overdue { get; init; }

    /// <summary>Of one registered customer.</summary>
    public Guid? CustomerId { get; init; }

    /// <summary>Issued on this date or later.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Issued on this date or earlier.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Due on this date or later.</summary>
    public DateOnly? DueFrom { get; init; }

    /// <summary>Due on this date or earlier.</summary>
    public DateOnly? DueTo { get; init; }

    /// <summary>With VAT at least this, kroner.</summary>
    public decimal? MinAmount { get; init; }

    /// <summary>With VAT at most this, kroner.</summary>
    public decimal? MaxAmount { get; init; }

    /// <summary>Number, KID or customer's name begins with this.</summary>
    public string? Search { get; init; }
}

/// <summary>What invoices can be ordered by.</summary>
public enum InvoiceSort
{
    /// <summary>When made; served by an index, alone or with status or customer.</summary>
    CreatedAt,

    /// <summary>Number; served by an index, alone or with status or customer. Drafts come last.</summary>
    Number,

    /// <summary>Document date.</summary>
    IssueDate,

    /// <summary>Last day to pay.</summary>
    DueDate,

    /// <summary>Sum with VAT.</summary>
    Total,
}

/// <summary>The order of a list of invoices.</summary>
public readonly record struct InvoiceOrder(InvoiceSort By, bool Descending);
