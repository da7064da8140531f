using System.Diagnostics;
using System.Text.Json.Serialization.Metadata;
using Tms.Domain.Shared;

namespace Tms.Domain.Invoices;

/// <summary>The rules of invoices: a draft may be changed, what is sent is frozen, payments come and are taken back.</summary>
public sealed class InvoiceDecider : IDecider<Invoice, InvoiceCommand, InvoiceEvent>
{
    /// <summary>The one there is: it has no state of its own.</summary>
    public static readonly InvoiceDecider Instance = new();

    private InvoiceDecider()
    {
    }

    /// <inheritdoc />
    public string StreamType => "invoices";

    /// <inheritdoc />
    public Invoice Initial => Invoice.Initial;

    /// <inheritdoc />
    public int SnapshotSchema => 1;

    /// <inheritdoc />
    public JsonTypeInfo<Invoice> SnapshotJson => InvoiceJson.Default.Invoice;

    /// <inheritdoc />
    public Decision<InvoiceEvent> Decide(Invoice state, InvoiceCommand command, DateTimeOffset now) => command switch
    {
        CreateInvoice create => InvoiceDrafting.Create(state, create, Oslo.DateOf(now)),
        _ when !state.Exists => Decision.Refuse<InvoiceEvent>(Refusal.NotFound("invoice")),
        UpdateInvoice update => InvoiceDrafting.Update(state, update, Oslo.DateOf(now)),
        CancelInvoice cancel => InvoiceDrafting.Cancel(state, cancel, now),
        SendInvoice send => InvoiceSending.Send(state, send, Oslo.DateOf(now)),
        PayInvoice pay => InvoicePaying.Pay(state, pay, now),
        ReversePayment reverse => InvoicePaying.Reverse(state, reverse, now),
        MarkOverdue mark => InvoicePaying.MarkOverdue(state, mark),
        _ => throw new UnreachableException($"{command.GetType().Name} is no command of an invoice."),
    };

    /// <inheritdoc />
    public Invoice Evolve(Invoice state, InvoiceEvent e, EventFacts facts) => Apply(state, e) with
    {
        Id = facts.StreamId,
        Version = facts.Version,
        CreatedAt = state.Exists ? state.CreatedAt : facts.At,
        UpdatedAt = facts.At,
    };

    private static Invoice Apply(Invoice state, InvoiceEvent e) => e switch
    {
        InvoiceCreated created => state.Saying(created.Input, created.Totals),
        InvoiceUpdated updated => state.Saying(updated.Input, updated.Totals),
        InvoiceSent sent => state.Issued(sent.Issue, sent.Seller, sent.Input, sent.Totals),
        InvoicePartiallyPaid paid => state.PartlyPaidBy(paid.Payment),
        InvoicePaid paid => state.PaidBy(paid.Payment),
        InvoicePaymentReversed reversed => state.Without(reversed.Payment),
        InvoiceCancelled => state.GivenUp(),
        InvoiceOverdue => state.Late(),
        _ => state,
    };
}
