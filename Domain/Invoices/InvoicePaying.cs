using Tms.Domain.Ledger;
using Tms.Domain.Shared;

namespace Tms.Domain.Invoices;

/// <summary>Decisions about what is owed.</summary>
internal static class InvoicePaying
{
    public static Decision<InvoiceEvent> Pay(Invoice state, PayInvoice command, DateTimeOffset now)
    {
        if (state.Knows(command.PaymentId)) return Decision.Nothing<InvoiceEvent>();
        if (InvoiceRules.Check(command, now) is [var fault, ..]) return Decision.Refuse<InvoiceEvent>(fault);
        if (!MayBePaid(state)) return Decision.Refuse<InvoiceEvent>(NotPayable);

        var amount = command.Amount ?? state.Outstanding;
        if (amount > state.Outstanding) return Decision.Refuse<InvoiceEvent>(ExceedsOutstanding);
        var payment = new InvoicePayment(command.PaymentId, amount, command.Date ?? Oslo.DateOf(now), command.Reference);
        return Decision.Draw<InvoiceEvent>(Voucher.Series, voucher => [Paid(state, payment, voucher)]);
    }

    public static Decision<InvoiceEvent> Reverse(Invoice state, ReversePayment command, DateTimeOffset now)
    {
        if (state.ReversedPayments.Contains(command.PaymentId)) return Decision.Refuse<InvoiceEvent>(AlreadyReversed);
        if (state.PaymentOf(command.PaymentId) is not { } payment) return Decision.Refuse<InvoiceEvent>(Refusal.NotFound("payment"));
        if (InvoiceRules.Check(command, now) is [var fault, ..]) return Decision.Refuse<InvoiceEvent>(fault);
        var after = InvoiceSummary.Of(state.Without(payment));
        return Decision.Draw<InvoiceEvent>(
            Voucher.Series, voucher => [new InvoicePaymentReversed(after, payment, command.Reason) { Voucher = voucher }]);
    }

    public static Decision<InvoiceEvent> MarkOverdue(Invoice state, MarkOverdue command)
    {
        var late = MayBePaid(state) && !state.IsOverdue && state.Outstanding > 0 && state.Input.DueDate < command.Today;
        return late
            ? Decision.Of<InvoiceEvent>(new InvoiceOverdue(InvoiceSummary.Of(state.Late())))
            : Decision.Nothing<InvoiceEvent>();
    }

    private static Refusal NotPayable { get; } =
        Refusal.State(InvoiceCodes.InvoiceNotPayable, "Only an invoice that is sent and not fully paid takes payments.");

    private static Refusal ExceedsOutstanding { get; } =
        Refusal.State(InvoiceCodes.PaymentExceedsOutstanding, "The payment is more than what is outstanding.");

    private static Refusal AlreadyReversed { get; } =
        Refusal.State(InvoiceCodes.PaymentAlreadyReversed, "The payment was taken back before.");

    private static bool MayBePaid(Invoice state) => state.Status is InvoiceStatus.Sent or InvoiceStatus.PartiallyPaid;

    private static InvoiceEvent Paid(Invoice state, InvoicePayment payment, long voucher) => payment.Amount == state.Outstanding
        ? new InvoicePaid(InvoiceSummary.Of(state.PaidBy(payment)), payment) { Voucher = voucher }
        : new InvoicePartiallyPaid(InvoiceSummary.Of(state.PartlyPaidBy(payment)), payment) { Voucher = voucher };
}
