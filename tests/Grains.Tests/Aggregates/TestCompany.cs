using System.Text.Json;
using Tms.Domain.Companies;
using Tms.Domain.Customers;
using Tms.Domain.Invoices;
using Tms.Domain.Shared;
using Tms.EventStore;
using Tms.Grains.Abstractions.Companies;
using Tms.Grains.Abstractions.Customers;
using Tms.Grains.Abstractions.Invoices;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Hosting;
using Xunit;

namespace Tms.Grains.Tests.Aggregates;

/// <summary>A tenant of a test: its grains are called as the edge calls them, and its log can be looked at.</summary>
internal sealed class TestCompany(AggregateCluster cluster, Guid id)
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public Guid Id => id;

    public TenantId Tenant { get; } = new(id);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async Task<TestCompany> Registered()
    {
        await Done(CompanyGrain.Execute(new CreateCompany(Some.Company()), Some.Context()));
        return this;
    }

    public ICompanyGrain CompanyGrain => For<ICompanyGrain>(id);

    public IInvoiceGrain Invoice(Guid invoice) => For<IInvoiceGrain>(invoice);

    public ICustomerGrain Customer(Guid customer) => For<ICustomerGrain>(customer);

    /// <summary>A new draft.</summary>
    public async Task<IInvoiceGrain> Draft(InvoiceInput? input = null)
    {
        var invoice = Invoice(Guid.CreateVersion7());
        await Done(invoice.Execute(new CreateInvoice(input ?? Some.Input()), Some.Context()));
        return invoice;
    }

    public async Task<ICustomerGrain> NewCustomer(CustomerInput input)
    {
        var customer = Customer(Guid.CreateVersion7());
        await Done(customer.Execute(new CreateCustomer(input), Some.Context()));
        return customer;
    }

    public static async Task<TView> Done<TView>(Task<Outcome<TView>> call)
        where TView : class
    {
        var outcome = await call.WaitAsync(Limit);
        Assert.Equal((OutcomeKind.Done, null), (outcome.Kind, outcome.Refusal));
        return outcome.View!;
    }

    /// <summary>Sends a command as the edge does: a conflict is repeated with the same command id, which may have happened.</summary>
    public static async Task<Outcome<InvoiceView>> Send(IInvoiceGrain invoice, InvoiceCommand command)
    {
        var context = Some.Context();
        for (var attempt = 1; ; attempt++)
        {
            var outcome = await invoice.Execute(command, context).WaitAsync(Limit);
            if (outcome.Kind != OutcomeKind.Conflict || attempt == 4) return outcome;
            context = context with { MayHaveHappened = true };
        }
    }

    public async Task<IReadOnlyList<RecordedEvent>> Log() =>
        await cluster.Reader.ReadCompany(Tenant, CompanySequence.Start, 100_000, Cancel);

    public async Task<IReadOnlyList<RecordedEvent>> Events(IGrainWithStringKey grain, string type = "invoices") =>
        await cluster.Reader.ReadStream(Tenant, new(type, IdOf(grain)), StreamVersion.Empty, 100_000, Cancel);

    /// <summary>Another writer changes a draft behind its activation's back.</summary>
    public Task ForeignUpdate(IInvoiceGrain invoice, string note) => ForeignUpdates(invoice, [note]);

    /// <summary>Another writer changes a draft several times at once, by one command.</summary>
    public async Task ForeignUpdates(IInvoiceGrain invoice, string[] notes, Guid? command = null)
    {
        var by = command ?? Guid.CreateVersion7();
        var log = await Events(invoice);
        var created = (InvoiceCreated)TmsEvents.Catalog.Decode(log[0].Type, log[0].SchemaVersion, log[0].Data.Span);
        EventData[] events = [.. notes.Select(
            (note, i) => Data(
                EventIds.Of(by, i), new InvoiceUpdated(created.Summary, created.Input with { Note = note }, created.Totals)))];
        var unit = new AppendUnit
        {
            Tenant = Tenant,
            Streams = [new(Tenant, new("invoices", IdOf(invoice)), new(log.Count), events)],
            Metadata = new EventMetadata("somebody else", "c", Guid.CreateVersion7()).Encode(),
        };
        Assert.IsType<AppendResult.Appended>(await cluster.Writer.Append(unit, Cancel));
    }

    private static EventData Data(Guid id, object e)
    {
        var type = TmsEvents.Catalog.Of(e);
        return new(id, type.Name, type.SchemaVersion, type.Encode(e), e);
    }

    /// <summary>The view of an invoice that the whole log gives, without snapshots and grains.</summary>
    public async Task<string> Folded(IInvoiceGrain invoice, int version = int.MaxValue)
    {
        var state = InvoiceDecider.Instance.Initial;
        foreach (var e in (await Events(invoice)).Take(version))
        {
            var decoded = (InvoiceEvent)TmsEvents.Catalog.Decode(e.Type, e.SchemaVersion, e.Data.Span);
            state = InvoiceDecider.Instance.Evolve(state, decoded, new(e.Stream.Id, e.Version.Value, e.Time));
        }

        return Json(InvoiceView.Of(state));
    }

    public static string Json(InvoiceView? view) => JsonSerializer.Serialize(view, JsonSerializerOptions.Web);

    public static Guid IdOf(IGrainWithStringKey grain) =>
        GrainKey.TryParse(grain.GetPrimaryKeyString(), out _, out var id) ? id : throw new ArgumentException("No aggregate.");

    private T For<T>(Guid aggregate)
        where T : IGrainWithStringKey => cluster.Grains.GetGrain<T>(GrainKey.For(id, aggregate));
}
