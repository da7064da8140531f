using System.Text.Json.Serialization;

namespace Tms.Domain.Invoices;

/// <summary>What has happened to an invoice.</summary>
/// <param name="Summary">The invoice right after the event, in short: what lists and watchers show.</param>
public abstract record InvoiceEvent(InvoiceSummary Summary);

/// <summary>An event that stands in the books.</summary>
/// <param name="Summary">Right after.</param>
public abstract record BookedInvoiceEvent(InvoiceSummary Summary) : InvoiceEvent(Summary)
{
    /// <summary>Number of its voucher; null in events of before the ledger, and where nothing was to be booked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Voucher { get; init; }
}

/// <summary>INVOICE_CREATED: a draft was made.</summary>
/// <param name="Summary">Right after.</param>
/// <param name="Input">What it says.</param>
/// <param name="Totals">Its sums.</param>
public sealed record InvoiceCreated(InvoiceSummary Summary, InvoiceInput Input, InvoiceTotals Totals) : InvoiceEvent(Summary);

/// <summary>INVOICE_UPDATED: a draft says something else now.</summary>
/// <param name="Summary">Right after.</param>
/// <param name="Input">All that it says.</param>
/// <param name="Totals">Its sums.</param>
public sealed record InvoiceUpdated(InvoiceSummary Summary, InvoiceInput Input, InvoiceTotals Totals) : InvoiceEvent(Summary);

/// <summary>INVOICE_SENT: the sales document was issued. Carries everything that PDF, EHF and the ledger need.</summary>
/// <param name="Summary">Right after.</param>
/// <param name="Issue">Number, KID and dates.</param>
/// <param name="Seller">The company as it was.</param>
/// <param name="Input">What it says, with the customer as it was.</param>
/// <param name="Totals">Its sums.</param>
public sealed record InvoiceSent(
    InvoiceSummary Summary, InvoiceIssue Issue, SellerSnapshot Seller, InvoiceInput Input, InvoiceTotals Totals)
    : BookedInvoiceEvent(Summary);

/// <summary>INVOICE_PARTIALLY_PAID: a payment that leaves something outstanding.</summary>
/// <param name="Summary">Right after.</param>
/// <param name="Payment">The payment.</param>
public sealed record InvoicePartiallyPaid(InvoiceSummary Summary, InvoicePayment Payment) : BookedInvoiceEvent(Summary);

/// <summary>INVOICE_PAID: nothing is outstanding any more.</summary>
/// <param name="Summary">Right after.</param>
/// <param name="Payment">The payment; null where nothing was to be paid from the start.</param>
public sealed record InvoicePaid(InvoiceSummary Summary, InvoicePayment? Payment) : BookedInvoiceEvent(Summary);

/// <summary>INVOICE_PAYMENT_REVERSED: a payment was taken back.</summary>
/// <param name="Summary">Right after.</param>
/// <param name="Payment">The payment as it was noted.</param>
/// <param name="Reason">Why.</param>
public sealed record InvoicePaymentReversed(InvoiceSummary Summary, InvoicePayment Payment, string Reason) : BookedInvoiceEvent(Summary);

/// <summary>INVOICE_CANCELLED: a draft was given up.</summary>
/// <param name="Summary">Right after.</param>
/// <param name="Reason">Why.</param>
public sealed record InvoiceCancelled(InvoiceSummary Summary, string Reason) : InvoiceEvent(Summary);

/// <summary>INVOICE_OVERDUE: the due date passed with something outstanding.</summary>
/// <param name="Summary">Right after.</param>
public sealed record InvoiceOverdue(InvoiceSummary Summary) : InvoiceEvent(Summary);

/// <summary>What an invoice gets when it is sent.</summary>
/// <param name="Number">In the company's series without gaps.</param>
/// <param name="Kid">Text of 15 digits.</param>
/// <param name="IssueDate">Document date.</param>
/// <param name="DueDate">Last day to pay.</param>
public sealed record InvoiceIssue(long Number, string Kid, DateOnly IssueDate, DateOnly DueDate);
