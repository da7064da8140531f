using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Tms.Domain.Shared;
using Tms.Domain.Users;
using Tms.EventStore;
using Tms.EventStore.Blobs;
using Tms.EventStore.Persons;

namespace Tms.Api.Users;

/// <summary>What the log and the tables beside it hold of one person.</summary>
public sealed class PersonRecords(
    IEventReader log, IEventOpener opener, IPersonTraces traces, IActorEvents actors, IDatabase database, IBlobStore blobs,
    EventCatalog catalog)
{
    private const int Page = 1000;
    private const string History =
        "What happened and when stays, so that the log can be proved whole; who it was is sealed with a key that is destroyed.";
    private const string Bookkeeping =
        "Bookkeeping law (bokføringsloven section 13) keeps it; it names persons as parties, and this one as an id alone.";
    private const string Work = "It is the company's own record; it names this person by an id alone.";

    private static readonly FrozenSet<string> Books =
        TmsAggregates.All.Where(a => a.Kind == RecordKind.Books).Select(a => a.Name).ToFrozenSet();

    /// <summary>
    /// The person's history, oldest first: every stream of the company that has the person's id, and events of other streams that name it.
    /// As far as the person's own key opens them: what they say of others stays sealed.
    /// </summary>
    public async Task<IReadOnlyList<RecordedEvent>> Events(TenantId tenant, Guid person, CancellationToken cancel)
    {
        var own = await Own(tenant, person, RecordKind.Person, cancel);
        return [.. own.Concat(await Elsewhere(tenant, person, cancel)).DistinctBy(e => e.Sequence).OrderBy(e => e.Sequence.Value)];
    }

    /// <summary>The person's logins, oldest first: earlier releases kept them in the platform's log.</summary>
    public async Task<IReadOnlyList<RecordedEvent>> Logins(TenantId tenant, Guid person, CancellationToken cancel)
    {
        var own = await Own(tenant, person, RecordKind.Login, cancel);
        return tenant == TenantId.Platform ? own : [.. await Own(TenantId.Platform, person, RecordKind.Login, cancel), .. own];
    }

    /// <summary>The sessions that the person has.</summary>
    public async Task<IReadOnlyList<PersonSession>> Sessions(TenantId tenant, Guid person, CancellationToken cancel) =>
        await database.Query(
        "select family, max(expires_us) from sessions where tenant = @tenant and user_id = @user group by family order by family",
        r => new PersonSession(r.GetGuid(0), Micros.ToTime(r.GetInt64(1))), cancel, ("tenant", tenant.Value), ("user", person));

    /// <summary>What the person did in its company; read as it is enumerated.</summary>
    public async IAsyncEnumerable<PersonAction> Actions(TenantId tenant, Guid person, [EnumeratorCancellation] CancellationToken cancel)
    {
        var after = CompanySequence.Start;
        for (var more = true; more;)
        {
            var page = await actors.Read(tenant, person.ToString(), after, Page, cancel);
            foreach (var e in page) yield return new(e.Type, e.Stream.ToString(), Micros.ToTime(e.TimeMicros), e.Sequence.Value);
            more = page.Count == Page;
            if (more) after = page[^1].Sequence;
        }
    }

    /// <summary>The person's files with their bytes; read as they are enumerated, a piece at a time.</summary>
    public IAsyncEnumerable<PersonFile> Files(TenantId tenant, Guid person, CancellationToken cancel) =>
        blobs.Of(new(tenant, person), cancel)
        .Select(blob => new PersonFile(blob.Address.Hash.Hex, blob.MediaType, blob.Size, blob.StoredAt, blobs.Read(blob.Address, cancel)));

    /// <summary>What stays when the person is erased.</summary>
    public async Task<IReadOnlyList<KeptRecord>> Kept(
        TenantId tenant, Guid person, IReadOnlyCollection<RecordedEvent> events, CancellationToken cancel) =>
    [
        new("events", events.Count, History),
        .. (await actors.Count(tenant, person.ToString(), cancel))
            .Select(c => new KeptRecord(c.StreamType, c.Streams, Books.Contains(c.StreamType) ? Bookkeeping : Work)),
    ];

    /// <summary>What about the person went to others.</summary>
    public static IReadOnlyList<Disclosure> Disclosures(IEnumerable<RecordedEvent> events) =>
        [.. events.Where(e => MailedEvents.Mails.ContainsKey(e.Type)).Select(e => new Disclosure(MailedEvents.Mails[e.Type], e.Time))];

    /// <summary>Events as the person gets them; one of a type that this program does not know is left out.</summary>
    public IReadOnlyList<PersonEvent> Shown(IEnumerable<RecordedEvent> events) =>
        [.. events.Where(e => catalog.Find(e.Type) is not null).Select(e => new PersonEvent(e.Type, e.Stream.ToString(), e.Time, Data(e)))];

    // Written anew, so that what cannot be opened any more is empty.
    private JsonElement Data(RecordedEvent e)
    {
        var type = catalog.Find(e.Type)!;
        using var json = JsonDocument.Parse(type.Encode(type.Decode(e.Data.Span, e.SchemaVersion)));
        return json.RootElement.Clone();
    }

    private async Task<IReadOnlyList<RecordedEvent>> Own(TenantId tenant, Guid person, RecordKind kind, CancellationToken cancel)
    {
        var all = new List<RecordedEvent>();
        foreach (var aggregate in TmsAggregates.All.Where(a => a.Kind == kind))
            all.AddRange(await Stream(tenant, new(aggregate.Name, person), cancel));
        return [.. all.OrderBy(e => e.Sequence.Value)];
    }

    private async Task<IReadOnlyList<RecordedEvent>> Elsewhere(TenantId tenant, Guid person, CancellationToken cancel)
    {
        var all = new List<RecordedEvent>();
        for (var more = true; more;)
        {
            var page = await traces.Events(tenant, person, all.Count > 0 ? all[^1].Sequence : CompanySequence.Start, Page, cancel);
            all.AddRange(page);
            more = page.GoesOn(Page);
        }

        return await opener.OpenFor(person, all, cancel);
    }

    private async Task<IReadOnlyList<RecordedEvent>> Stream(TenantId tenant, StreamName stream, CancellationToken cancel)
    {
        var all = new List<RecordedEvent>();
        for (var more = true; more;)
        {
            var page = await log.ReadStream(tenant, stream, new(all.Count), Page, cancel);
            all.AddRange(page);
            more = page.GoesOn(Page);
        }

        return await opener.OpenFor(stream.Id, all, cancel);
    }
}
