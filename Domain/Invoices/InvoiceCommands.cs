using Orleans;
using Tms.Domain.Shared;

namespace Tms.Domain.Invoices;

/// <summary>What can be asked of an invoice.</summary>
[GenerateSerializer, Immutable, Alias("tms.invoices.command")]
public abstract record InvoiceCommand;

/// <summary>Makes a draft.</summary>
/// <param name="Input">What it says.</param>
/// <param name="Customer">
/// The customer of <see cref="InvoiceInput.CustomerId"/> as it is now; null: there is none with that id, or none was named.
/// </param>
/// <param name="SellerVatRegistered">Whether the company is VAT-registered; else every VAT category is O.</param>
[GenerateSerializer, Immutable, Alias("tms.invoices.create")]
public sealed record CreateInvoice(
    [property: Id(0)] InvoiceInput Input,
    [property: Id(1)] CustomerSnapshot? Customer = null,
    [property: Id(2)] bool SellerVatRegistered = true) : InvoiceCommand, ICreate;

/// <summary>Replaces everything a draft says.</summary>
/// <param name="Input">What it says from now on.</param>
/// <param name="Customer">As for <see cref="CreateInvoice"/>.</param>
/// <param name="SellerVatRegistered">As for <see cref="CreateInvoice"/>.</param>
[GenerateSerializer, Immutable, Alias("tms.invoices.update")]
public sealed record UpdateInvoice(
    [property: Id(0)] InvoiceInput Input,
    [property: Id(1)] CustomerSnapshot? Customer = null,
    [property: Id(2)] bool SellerVatRegistered = true) : InvoiceCommand
{
    /// <summary>Whether the input is in v1's words: what those cannot say stays as it is.</summary>
    [Id(3)]
    public bool IsInWordsOfV1 { get; init; }
}

/// <summary>Issues a draft: it gets its number and is frozen.</summary>
/// <param name="Seller">The company as it is now; filled in by the grain.</param>
/// <param name="Customer">The registered customer as it is now; null for one that is written on the invoice only.</param>
[GenerateSerializer, Immutable, Alias("tms.invoices.send")]
public sealed record SendInvoice(
    [property: Id(0)] SellerSnapshot? Seller = null,
    [property: Id(1)] CustomerSnapshot? Customer = null) : InvoiceCommand;

/// <summary>Notes a payment.</summary>
/// <param name="PaymentId">Made by the caller: the same payment again changes nothing.</param>
/// <param name="Amount">Kroner, above 0; null: all that is outstanding.</param>
/// <param name="Date">When it was paid; null: today, in Oslo.</param>
/// <param name="Reference">The bank's or the payer's words.</param>
[GenerateSerializer, Immutable, Alias("tms.invoices.pay")]
public sealed record PayInvoice(
    [property: Id(0)] Guid PaymentId,
    [property: Id(1)] decimal? Amount = null,
    [property: Id(2)] DateOnly? Date = null,
    [property: Id(3)] string? Reference = null) : InvoiceCommand;

/// <summary>Takes a payment back that bounced or was noted on the wrong invoice.</summary>
/// <param name="PaymentId">Which.</param>
/// <param name="Reason">Why.</param>
[GenerateSerializer, Immutable, Alias("tms.invoices.reverse-payment")]
public sealed record ReversePayment(
    [property: Id(0)] Guid PaymentId,
    [property: Id(1)] string Reason) : InvoiceCommand;

/// <summary>Gives a draft up.</summary>
/// <param name="Reason">Why.</param>
[GenerateSerializer, Immutable, Alias("tms.invoices.cancel")]
public sealed record CancelInvoice([property: Id(0)] string Reason) : InvoiceCommand;

/// <summary>Marks an invoice whose due date has passed. Nothing happens where that does not hold.</summary>
/// <param name="Today">The date in Oslo.</param>
[GenerateSerializer, Immutable, Alias("tms.invoices.mark-overdue")]
public sealed record MarkOverdue([property: Id(0)] DateOnly Today) : InvoiceCommand;
