using System.Diagnostics;
using System.Globalization;
using Tms.Domain.Invoices;
using Tms.Domain.Shared;
using Tms.EventStore;
using Tms.ReadModels.Hosting;

namespace Tms.ReadModels.Invoices;

/// <summary>Adds what an invoice can be found by to the table <c>invoice_terms</c>.</summary>
internal sealed class InvoiceTerms(EventCatalog catalog) : IInlineEntries
{
    public ReadModelTable Table { get; } =
        new(
            "invoice_terms", [new("tenant", ColumnType.Uuid), new("term", ColumnType.Text), new("id", ColumnType.Uuid)], KeyColumns: 3,
            StreamColumn: 2);

    public Repetition Repetition => Repetition.OneRow;

    public bool Follows(string streamType) => streamType == "invoices";

    public IReadOnlyList<object?[]> Of(RecordedEvent recorded) => catalog.EventOf<InvoiceEvent>(recorded) switch
    {
        InvoiceCreated or InvoiceUpdated => [Row(recorded, NameOf(recorded))],
        InvoiceSent sent =>
        [
            Row(recorded, sent.Issue.Number.ToString(CultureInfo.InvariantCulture)), Row(recorded, sent.Issue.Kid),
            Row(recorded, NameOf(recorded)),
        ],
        InvoicePartiallyPaid or InvoicePaid or InvoicePaymentReversed or InvoiceCancelled or InvoiceOverdue => [],
        var other => throw new UnreachableException($"{other.GetType().Name} does not say what its invoice can be found by."),
    };

    private string NameOf(RecordedEvent recorded) => SearchText.Of(catalog.EventOf<InvoiceEvent>(recorded).Summary.Customer.Name);

    private static object?[] Row(RecordedEvent recorded, string term) => [recorded.Tenant.Value, term, recorded.Stream.Id];
}
