using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Orleans;
using Tms.Domain.Shared;

namespace Tms.Domain.Invoices;

/// <summary>An invoice as its rules need it, folded from its events.</summary>
public sealed record Invoice : ChangingState
{
    /// <summary>Where it is on its way.</summary>
    public InvoiceStatus Status { get; init; }

    /// <summary>Whether the due date passed with something outstanding.</summary>
    public bool IsOverdue { get; init; }

    /// <summary>In the company's series without gaps; null for a draft.</summary>
    public long? Number { get; init; }

    /// <summary>Null for a draft.</summary>
    public string? Kid { get; init; }

    /// <summary>The company as it was at send; null for a draft.</summary>
    public SellerSnapshot? Seller { get; init; }

    /// <summary>What it says; from send on with both dates.</summary>
    public InvoiceInput Input { get; init; } = new();

    /// <summary>Its sums.</summary>
    public InvoiceTotals Totals { get; init; } = InvoiceTotals.Zero;

    /// <summary>Payments that hold, in the order noted.</summary>
    public ImmutableArray<InvoicePayment> Payments { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Ids of payments that were taken back.</summary>
    public ImmutableArray<Guid> ReversedPayments { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Credited by credit notes, kroner.</summary>
    public decimal Credited { get; init; }

    /// <summary>Paid so far, kroner.</summary>
    [JsonIgnore]
    public decimal Paid
    {
        get
        {
            var sum = 0m;
            foreach (var payment in Payments) sum += payment.Amount;
            return sum;
        }
    }

    /// <summary>Still to be paid, kroner; of a cancelled invoice nothing.</summary>
    [JsonIgnore]
    public decimal Outstanding => Status == InvoiceStatus.Cancelled ? 0m : Totals.Payable - Paid - Credited;

    /// <summary>Whether a payment was ever noted, taken back or not.</summary>
    internal bool Knows(Guid paymentId) => PaymentOf(paymentId) is not null || ReversedPayments.Contains(paymentId);

    /// <summary>The payment with an id that holds, or null.</summary>
    internal InvoicePayment? PaymentOf(Guid paymentId)
    {
        foreach (var payment in Payments)
        {
            if (payment.Id == paymentId) return payment;
        }

        return null;
    }

    /// <summary>A draft that says something.</summary>
    internal Invoice Saying(InvoiceInput input, InvoiceTotals totals) => this with { Input = input, Totals = totals };

    /// <summary>Sent.</summary>
    internal Invoice Issued(InvoiceIssue issue, SellerSnapshot seller, InvoiceInput input, InvoiceTotals totals) =>
        Saying(input, totals) with
        {
            Status = InvoiceStatus.Sent,
            Number = issue.Number,
            Kid = issue.Kid,
            Seller = seller,
            Input = input with { IssueDate = issue.IssueDate, DueDate = issue.DueDate },
        };

    /// <summary>Partly paid.</summary>
    internal Invoice PartlyPaidBy(InvoicePayment payment) =>
        this with { Status = InvoiceStatus.PartiallyPaid, Payments = Payments.Add(payment) };

    /// <summary>Paid, with or without a last payment.</summary>
    internal Invoice PaidBy(InvoicePayment? payment) => this with
    {
        Status = InvoiceStatus.Paid,
        IsOverdue = false,
        Payments = payment is null ? Payments : Payments.Add(payment),
    };

    /// <summary>With a payment less.</summary>
    internal Invoice Without(InvoicePayment payment)
    {
        var left = Payments.RemoveAll(p => p.Id == payment.Id);
        return this with
        {
            Status = left.IsEmpty ? InvoiceStatus.Sent : InvoiceStatus.PartiallyPaid,
            Payments = left,
            ReversedPayments = ReversedPayments.Add(payment.Id),
        };
    }

    /// <summary>Given up.</summary>
    internal Invoice GivenUp() => this with { Status = InvoiceStatus.Cancelled, IsOverdue = false };

    /// <summary>Late.</summary>
    internal Invoice Late() => this with { IsOverdue = true };
}

/// <summary>A payment of an invoice.</summary>
/// <param name="Id">Made by whoever noted it.</param>
/// <param name="Amount">Kroner.</param>
/// <param name="Date">When it was paid.</param>
/// <param name="Reference">The bank's or the payer's words.</param>
[GenerateSerializer, Immutable, Alias("tms.invoices.payment")]
public sealed record InvoicePayment(
    [property: Id(0)] Guid Id,
    [property: Id(1)] decimal Amount,
    [property: Id(2)] DateOnly Date,
    [property: Id(3)] string? Reference);
