using Tms.Domain.Invoices;
using Tms.Domain.Shared;
using Tms.EventStore;

namespace Rebuild;

/// <summary>A company that makes drafts by the real rules.</summary>
internal sealed class Company(Store store)
{
    private const int CopiesPerStatement = 20_000;

    // Copies of one stream, at the end of the tenant's log; ids in the order of time, as the server makes them. The chain does not verify.
    private const string Copy = """
        with head as (select sequence from tenants where tenant = $1),
          copy as (
            select n, (substr(encode(int8send($4 + n), 'hex'), 5, 12) || '7' || substr(md5(n::text), 1, 3) || '8' || substr(md5(n::text),
              4, 15))::uuid as id
            from generate_series(0, $3 - 1) n),
          source as (select *, row_number() over (order by version) as nth, count(*) over () as total from events where tenant = $1 and
            stream_id = $2),
          copied as (
            insert into events (tenant, sequence, partition, stream_type, stream_id, version, event_id, type, schema_version, time_us,
              data, metadata, hash)
            select tenant, (select sequence from head) + n * total + nth, partition, stream_type, copy.id, version, gen_random_uuid(),
              type, schema_version, time_us, data, metadata, hash
            from copy cross join source order by n, nth
            returning 1)
        update tenants set sequence = sequence + (select count(*) from copied) where tenant = $1
        """;

    private static readonly EventMetadata By = new("kari", "c", Guid.Empty);

    public TenantId Tenant { get; } = new(Guid.CreateVersion7());

    /// <summary>A draft that is written in one transaction with its rows; its id.</summary>
    public async Task<Guid> Draft()
    {
        var id = Guid.CreateVersion7();
        await Append(id, 0, new CreateInvoice(Input("Nordtransport AS")));
        return id;
    }

    /// <summary>Puts so many drafts into the log, by SQL. The read models lack them.</summary>
    public async Task Fill(int invoices)
    {
        var id = Guid.CreateVersion7();
        var state = await Append(id, 0, new CreateInvoice(Input("Ås Bygg AS")));
        state = await Append(id, 1, new UpdateInvoice(Input("Åsane Bygg AS")), state);
        await Append(id, 2, new UpdateInvoice(Input("Østfold Bygg AS")), state);
        var began = DateTimeOffset.UtcNow.AddDays(-30).ToUnixTimeMilliseconds();
        for (var done = 1; done < invoices; done += CopiesPerStatement)
        {
            await store.Execute(Copy, Tenant.Value, id, Math.Min(CopiesPerStatement, invoices - done), began + done);
        }

        await store.Execute("vacuum analyze events");
        await store.Execute("checkpoint");
    }

    private async Task<Invoice> Append(Guid id, int version, InvoiceCommand command, Invoice? before = null)
    {
        var decider = InvoiceDecider.Instance;
        var accepted = (Decision<InvoiceEvent>.Accepted)decider.Decide(before ?? decider.Initial, command, DateTimeOffset.UtcNow);
        EventData[] events = [.. accepted.Events.Select(e => (Type: TmsEvents.Catalog.Of(e), Event: e)).Select(e =>
            new EventData(Guid.CreateVersion7(), e.Type.Name, e.Type.SchemaVersion, e.Type.Encode(e.Event), e.Event))];
        var result = await store.Writer.Append(
            new() { Tenant = Tenant, Streams = [new(Tenant, new("invoices", id), new(version), events)], Metadata = By.Encode() });
        var appended = result as AppendResult.Appended ?? throw new InvalidOperationException($"An append was answered with {result}.");
        return accepted.Events.Aggregate(before ?? decider.Initial, (s, e) => decider.Evolve(s, e, new(id, ++version, appended.Time)));
    }

    private static InvoiceInput Input(string name) =>
        new() { Customer = new() { Name = name }, Lines = [new() { Description = "Frakt Oslo-Bergen", UnitPrice = 1250, VatRate = 25 }] };
}
