using Tms.Domain.Ledger;
using Tms.Domain.Shared;

namespace Tms.Domain.Invoices;

/// <summary>The decision to issue a draft.</summary>
internal static class InvoiceSending
{
    private const string Series = "invoices";

    public static Decision<InvoiceEvent> Send(Invoice state, SendInvoice command, DateOnly today)
    {
        if (state.Status != InvoiceStatus.Draft) return Decision.Refuse<InvoiceEvent>(InvoiceDrafting.NotDraft);

        var seller = command.Seller ?? throw new ArgumentException("A send names its seller.");
        var (faults, priced) = InvoiceDrafting.Price(state.Input, command.Customer, seller.VatRegistered, today);
        if (faults.Count > 0) return Decision.Refuse<InvoiceEvent>(faults);
        if (priced!.Totals.Gross < 0 || priced.Totals.Payable < 0) return Decision.Refuse<InvoiceEvent>(NegativeTotal);

        var issueDate = priced.Input.IssueDate ?? today;
        var dueDate = priced.Input.DueDate ?? issueDate.AddDays(TermsOf(priced.Input));
        if (dueDate < issueDate) return Decision.Refuse<InvoiceEvent>(DueBeforeIssue);
        return Decision<InvoiceEvent>.Accepted.Drawing([Series, Voucher.Series], drawn =>
            new(Issue(state, priced, seller, Numbered(drawn[0], issueDate, dueDate, priced, seller), drawn[1])));
    }

    private static Refusal NegativeTotal { get; } =
        Refusal.State(InvoiceCodes.NegativeTotal, "An invoice below zero cannot be sent: give the money back with a credit note.");

    private static Refusal DueBeforeIssue { get; } =
        Refusal.Invalid("/dueDate", InvoiceCodes.DueBeforeIssue, "The invoice would be due before it is issued: change the due date.");

    private static int TermsOf(InvoiceInput input) =>
        input.PaymentTermsDays ?? input.Customer!.PaymentTermsDays ?? InvoiceLimits.DefaultPaymentTermsDays;

    private static InvoiceIssue Numbered(long number, DateOnly issueDate, DateOnly dueDate, PricedInvoice priced, SellerSnapshot seller) =>
        new(number, Kid.Of(priced.Input.Customer!.Number, number, seller.KidMethod), issueDate, dueDate);

    private static InvoiceEvent[] Issue(Invoice state, PricedInvoice priced, SellerSnapshot seller, InvoiceIssue issue, long voucher)
    {
        var after = state.Issued(issue, seller, priced.Input, priced.Totals);
        var sent = new InvoiceSent(InvoiceSummary.Of(after), issue, seller, after.Input, priced.Totals) { Voucher = voucher };
        if (priced.Totals.Payable != 0) return [sent];
        return [sent, new InvoicePaid(InvoiceSummary.Of(after.PaidBy(null)), null)];
    }
}
