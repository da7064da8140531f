using Tms.Domain.Shared;

namespace Tms.Domain.Invoices;

/// <summary>The rules of invoices: a draft may be changed, what is sent is frozen, payments come and are taken back.</summary>
public sealed class InvoiceDecider() : Decider<Invoice, InvoiceCommand, InvoiceEvent>("invoices", "invoice", InvoiceJson.Default.Invoice)
{
    /// <summary>The one there is: it has no state of its own.</summary>
    public static readonly InvoiceDecider Instance = new();

    /// <inheritdoc />
    protected override Decision<InvoiceEvent> On(Invoice state, InvoiceCommand command, DateTimeOffset now) => command switch
    {
        CreateInvoice create => InvoiceDrafting.Create(state, create, Oslo.DateOf(now)),
        UpdateInvoice update => InvoiceDrafting.Update(state, update, Oslo.DateOf(now)),
        CancelInvoice cancel => InvoiceDrafting.Cancel(state, cancel, now),
        SendInvoice send => InvoiceSending.Send(state, send, Oslo.DateOf(now)),
        PayInvoice pay => InvoicePaying.Pay(state, pay, now),
        ReversePayment reverse => InvoicePaying.Reverse(state, reverse, now),
        MarkOverdue mark => InvoicePaying.MarkOverdue(state, mark),
        _ => throw Decider.Unknown(command),
    };

    /// <inheritdoc />
    protected override Decision<InvoiceEvent> Again(Invoice state, InvoiceCommand command, DateTimeOffset now) =>
        command is CreateInvoice create && InvoiceDrafting.SaysTheSame(state, create, Oslo.DateOf(now))
            ? Decision.Nothing<InvoiceEvent>()
            : AlreadyExists();

    /// <inheritdoc />
    protected override Invoice Apply(Invoice state, InvoiceEvent e, EventFacts facts) => e switch
    {
        InvoiceCreated created => state.Saying(created.Input, created.Totals),
        InvoiceUpdated updated => state.Saying(updated.Input, updated.Totals),
        InvoiceSent sent => state.Issued(sent.Issue, sent.Seller, sent.Input, sent.Totals),
        InvoicePartiallyPaid paid => state.PartlyPaidBy(paid.Payment),
        InvoicePaid paid => state.PaidBy(paid.Payment),
        InvoicePaymentReversed reversed => state.Without(reversed.Payment),
        InvoiceCancelled => state.GivenUp(),
        InvoiceOverdue => state.Late(),
        _ => throw Decider.Unknown(e),
    };
}
