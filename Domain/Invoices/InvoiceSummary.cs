using System.Text.Json.Serialization;

namespace Tms.Domain.Invoices;

/// <summary>An invoice in short, as every event of it carries it.</summary>
public sealed record InvoiceSummary
{
    /// <summary>Null for a draft.</summary>
    public long? Number { get; init; }

    /// <summary>Null for a draft.</summary>
    public string? Kid { get; init; }

    /// <summary>Where it is on its way.</summary>
    public required InvoiceStatus Status { get; init; }

    /// <summary>Whether it was unpaid when its due date had passed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsOverdue { get; init; }

    /// <summary>To whom.</summary>
    public required InvoiceCustomer Customer { get; init; }

    /// <summary>Null for a draft that does not say.</summary>
    public DateOnly? IssueDate { get; init; }

    /// <summary>Null for a draft that does not say.</summary>
    public DateOnly? DueDate { get; init; }

    /// <summary>ISO 4217.</summary>
    public required string Currency { get; init; }

    /// <summary>The buyer's reference.</summary>
    public string? Reference { get; init; }

    /// <summary>The sums.</summary>
    public required InvoiceAmounts Totals { get; init; }

    /// <summary>A state in short.</summary>
    internal static InvoiceSummary Of(Invoice state) => new()
    {
        Number = state.Number,
        Kid = state.Kid,
        Status = state.Status,
        IsOverdue = state.IsOverdue,
        Customer = new InvoiceCustomer(state.Input.CustomerId, state.Input.Customer!.Name),
        IssueDate = state.Input.IssueDate,
        DueDate = state.Input.DueDate,
        Currency = state.Input.Currency,
        Reference = state.Input.Reference,
        Totals = InvoiceAmounts.Of(state),
    };
}

/// <summary>A customer in short.</summary>
/// <param name="Id">The registered customer; null for one that is written on the invoice only.</param>
/// <param name="Name">Name.</param>
public sealed record InvoiceCustomer(Guid? Id, string Name);

/// <summary>The sums in short, kroner.</summary>
/// <param name="Net">Before VAT.</param>
/// <param name="VatAmount">VAT.</param>
/// <param name="Gross">With VAT.</param>
/// <param name="Payable">To be paid in all.</param>
/// <param name="Paid">Paid so far.</param>
/// <param name="Outstanding">Still to be paid.</param>
public sealed record InvoiceAmounts(decimal Net, decimal VatAmount, decimal Gross, decimal Payable, decimal Paid, decimal Outstanding)
{
    /// <summary>The sums of a state.</summary>
    internal static InvoiceAmounts Of(Invoice state) => new(
        state.Totals.Net, state.Totals.VatAmount, state.Totals.Gross, state.Totals.Payable, state.Paid, state.Outstanding);
}
