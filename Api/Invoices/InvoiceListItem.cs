using Tms.Domain.Invoices;
using Tms.ReadModels.Invoices;

namespace Tms.Api.Invoices;

/// <summary>An invoice in a list: the view without lines, payments and seller.</summary>
public sealed record InvoiceListItem
{
    /// <summary>The invoice.</summary>
    public required Guid Id { get; init; }

    /// <summary>Null for a draft.</summary>
    public required long? Number { get; init; }

    /// <summary>Null for a draft.</summary>
    public required string? Kid { get; init; }

    /// <summary>draft, sent, partially_paid, paid, cancelled or credited.</summary>
    public required InvoiceStatus Status { get; init; }

    /// <summary>Whether the due date has passed with something outstanding.</summary>
    public required bool IsOverdue { get; init; }

    /// <summary>The registered customer, if any.</summary>
    public required Guid? CustomerId { get; init; }

    /// <summary>The customer in short.</summary>
    public required InvoiceCustomer Customer { get; init; }

    /// <summary>Document date.</summary>
    public required DateOnly? IssueDate { get; init; }

    /// <summary>Last day to pay.</summary>
    public required DateOnly? DueDate { get; init; }

    /// <summary>ISO 4217.</summary>
    public required string Currency { get; init; }

    /// <summary>The buyer's reference.</summary>
    public required string? Reference { get; init; }

    /// <summary>The sums in short, kroner.</summary>
    public required InvoiceAmounts Totals { get; init; }

    /// <summary>Its version: the ETag.</summary>
    public required int Version { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed, UTC.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    internal static InvoiceListItem Of(InvoiceRow row) => new()
    {
        Id = row.Id,
        Number = row.Number,
        Kid = row.Kid,
        Status = row.Status,
        IsOverdue = row.IsOverdue,
        CustomerId = row.CustomerId,
        Customer = new InvoiceCustomer(row.CustomerId, row.CustomerName),
        IssueDate = row.IssueDate,
        DueDate = row.DueDate,
        Currency = row.Currency,
        Reference = row.Reference,
        Totals = new InvoiceAmounts(row.Net, row.VatAmount, row.Gross, row.Payable, row.Paid, row.Outstanding),
        Version = row.Version,
        CreatedAt = row.CreatedAt,
        UpdatedAt = row.UpdatedAt,
    };
}
