using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Tms.Domain.Shared;
using Tms.Domain.Users;
using Tms.EventStore;

namespace Tms.Api.Users;

/// <summary>What the log and the tables beside it hold of one person.</summary>
public sealed class PersonRecords(IEventReader log, IEventOpener opener, IActorEvents actors, IDatabase database, EventCatalog catalog)
{
    private const int Page = 1000;
    private const string History = "What happened and when stays, so that the log can be proved whole; who it was is sealed with a key that is destroyed.";
    private const string Bookkeeping = "Bookkeeping law (bokføringsloven section 13) keeps it; it names persons as parties, and this one as an id alone.";
    private const string Work = "It is the company's own record; it names this person by an id alone.";

    // One stream type for each area that the bookkeeping act covers.
    private static readonly FrozenSet<string> Books = FrozenSet.Create("invoices", "customers", "expenses", "budgets", "payroll-runs", "companies");

    /// <summary>The person's own history: the user and the invitation that it joined with, oldest first. As far as it can be opened.</summary>
    public async Task<IReadOnlyList<RecordedEvent>> Events(TenantId tenant, Guid person, CancellationToken cancel) =>
    [
        .. (await Stream(tenant, new("invitations", person), cancel)).Concat(await Stream(tenant, new("users", person), cancel)).OrderBy(e => e.Sequence.Value),
    ];

    /// <summary>The person's logins, oldest first: earlier releases kept them in the platform's log.</summary>
    public async Task<IReadOnlyList<RecordedEvent>> Logins(TenantId tenant, Guid person, CancellationToken cancel)
    {
        var own = await Stream(tenant, new("logins", person), cancel);
        return tenant == TenantId.Platform ? own : [.. await Stream(TenantId.Platform, new("logins", person), cancel), .. own];
    }

    /// <summary>The sessions that the person has.</summary>
    public async Task<IReadOnlyList<PersonSession>> Sessions(TenantId tenant, Guid person, CancellationToken cancel) => await database.Query(
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

    /// <summary>What stays when the person is erased.</summary>
    public async Task<IReadOnlyList<KeptRecord>> Kept(TenantId tenant, Guid person, IReadOnlyCollection<RecordedEvent> events, CancellationToken cancel) =>
    [
        new("events", events.Count, History),
        .. (await actors.Count(tenant, person.ToString(), cancel)).Select(c => new KeptRecord(c.StreamType, c.Streams, Books.Contains(c.StreamType) ? Bookkeeping : Work)),
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

    private async Task<IReadOnlyList<RecordedEvent>> Stream(TenantId tenant, StreamName stream, CancellationToken cancel)
    {
        var all = new List<RecordedEvent>();
        for (var more = true; more;)
        {
            var page = await log.ReadStream(tenant, stream, new(all.Count), Page, cancel);
            all.AddRange(page);
            more = page.Count == Page;
        }

        return await opener.Open(all, cancel);
    }
}
