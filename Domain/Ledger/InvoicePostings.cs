using System.Globalization;
using Tms.Domain.Invoices;
using Tms.Domain.Shared;

namespace Tms.Domain.Ledger;

/// <summary>How events of invoices are booked: the table in docs/economy.md.</summary>
internal static class InvoicePostings
{
    /// <summary>The voucher of an event; null for one that means nothing for the books.</summary>
    /// <param name="e">The event.</param>
    /// <param name="time">When it was recorded, UTC.</param>
    public static Voucher? Of(InvoiceEvent e, DateTimeOffset time) => e switch
    {
        InvoiceSent sent => Sale(sent),
        InvoicePartiallyPaid paid => Payment(paid.Voucher, paid.Summary, paid.Payment),
        InvoicePaid { Payment: { } payment } paid => Payment(paid.Voucher, paid.Summary, payment),
        InvoicePaymentReversed reversed => Reversal(reversed, Oslo.DateOf(time)),
        InvoicePaid or InvoiceCreated or InvoiceUpdated or InvoiceCancelled or InvoiceOverdue => null,
        _ => throw Decider.Unknown(e),
    };

    private static Voucher Sale(InvoiceSent sent) => Voucher.Of(
        sent.Voucher, VoucherKind.Sale, sent.Issue.IssueDate, $"Faktura {Number(sent.Summary)}",
        [
            new(Accounts.Receivables, Money.ToOre(sent.Totals.Payable), Party: sent.Summary.Customer.Id),
            new(Accounts.CustomerAdvances, Money.ToOre(sent.Totals.Prepaid), Party: sent.Summary.Customer.Id),
            new(Accounts.Rounding, -Money.ToOre(sent.Totals.PayableRounding)),
            .. sent.Totals.Vat.SelectMany(Group),
        ]);

    private static IEnumerable<VoucherLine> Group(VatTotal group)
    {
        var booked = SalesVat.OfSale(group.Category, group.Rate);
        var (net, vat) = (-Money.ToOre(group.Base), -Money.ToOre(group.Amount));
        yield return new(booked.Revenue, net, booked.VatCode, vat);
        if (booked.Vat is { } account) yield return new(account, vat);
    }

    private static Voucher Payment(long? number, InvoiceSummary invoice, InvoicePayment payment) => Voucher.Of(
        number, VoucherKind.Payment, payment.Date, $"Innbetaling faktura {Number(invoice)}", Paid(invoice, Money.ToOre(payment.Amount)));

    // The day on which it was taken back: the day of the payment may lie in a period that is closed.
    private static Voucher Reversal(InvoicePaymentReversed e, DateOnly today) => Voucher.Of(
        e.Voucher, VoucherKind.PaymentReversal, today, $"Tilbakeført innbetaling faktura {Number(e.Summary)}",
        Paid(e.Summary, -Money.ToOre(e.Payment.Amount)));

    private static VoucherLine[] Paid(InvoiceSummary invoice, long amount) =>
        [new(Accounts.Bank, amount), new(Accounts.Receivables, -amount, Party: invoice.Customer.Id)];

    private static string Number(InvoiceSummary invoice) => invoice.Number!.Value.ToString(CultureInfo.InvariantCulture);
}
