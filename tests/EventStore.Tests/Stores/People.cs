using System.Text.Json;
using Tms.EventStore.Persons;

namespace Tms.EventStore.Tests.Stores;

/// <summary>Persons of a tenant whose events are sealed as grains seal them.</summary>
internal sealed class People(StoreUnderTest store)
{
    public const string EventType = "PERSON_CHANGED";

    private readonly Dictionary<Guid, (PersonKey Key, int Version)> _known = [];

    public TenantId Tenant { get; } = Some.Tenant();

    public static StreamName StreamOf(Guid person) => new(NamesProjection.Stream, person);

    /// <summary>A new person, with a key and one event.</summary>
    public async Task<Guid> Born(string name)
    {
        var person = Guid.CreateVersion7();
        var (key, secret) = store.Persons.Make(Tenant, person);
        _known[person] = (key, 1);
        await store.Appended(Some.Unit(Tenant, StreamOf(person), 0, Event(name, key)) with { Secrets = [secret] });
        return person;
    }

    public async Task Renamed(Guid person, string name)
    {
        var (key, version) = _known[person];
        _known[person] = (key, version + 1);
        await store.Appended(Some.Unit(Tenant, StreamOf(person), version, Event(name, key)));
    }

    /// <summary>An event of a stream of its own that tells of a person.</summary>
    public async Task<StreamName> Mentioned(Guid person, string name, StreamName? stream = null, int expected = 0)
    {
        var (told, id) = (stream ?? Some.Stream(NamesProjection.Stream), Guid.CreateVersion7());
        var e = new EventData(id, EventType, 1, Sealed(name, _known[person].Key, id, person), new NamesProjection.Named(name))
        {
            About = [person],
        };
        await store.Appended(Some.Unit(Tenant, told, expected, e));
        return told;
    }

    /// <summary>An event of the person whose values are sealed for another event: nobody can open it.</summary>
    public async Task Altered(Guid person)
    {
        var (key, version) = _known[person];
        _known[person] = (key, version + 1);
        var e = new EventData(Guid.CreateVersion7(), EventType, 1, Sealed("?", key, Guid.CreateVersion7()), new NamesProjection.Named("?"));
        await store.Appended(Some.Unit(Tenant, StreamOf(person), version, e));
    }

    /// <summary>The person's key is destroyed together with an event that says so.</summary>
    public async Task Erased(Guid person) => await store.Appended(
        Some.Unit(Tenant, StreamOf(person), _known[person].Version, Some.Event(Some.Bytes("""{"name":""}"""))) with
        {
            Secrets = [PersonKeys.Destruction(Tenant, person)],
        });

    /// <summary>The names that the log of a person gives; null where one cannot be opened.</summary>
    public async Task<IReadOnlyList<string?>> Names(StoreUnderTest process, Guid person) =>
        [.. (await process.Opener.Open(await process.Stream(Tenant, StreamOf(person)))).Select(NameOf)];

    public static string? NameOf(RecordedEvent e)
    {
        using var json = JsonDocument.Parse(e.Data);
        return json.RootElement.TryGetProperty("name", out var name) ? name.GetString() : null;
    }

    private static EventData Event(string name, PersonKey key)
    {
        var id = Guid.CreateVersion7();
        return new(id, EventType, 1, Sealed(name, key, id), new NamesProjection.Named(name));
    }

    /// <summary>An event of a person as it is stored.</summary>
    /// <param name="name">The person's name.</param>
    /// <param name="key">The person's key.</param>
    /// <param name="id">Id of the event.</param>
    /// <param name="person">Whose name it is where the stream has another id.</param>
    public static byte[] Sealed(string name, PersonKey key, Guid id, Guid? person = null)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            SealedJson.WriteBox(json, key.Seal(id, JsonSerializer.SerializeToUtf8Bytes(new { name })), person);
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }
}

/// <summary>The last name of each person: what projections of persons are.</summary>
public sealed class NamesProjection : IInlineProjection
{
    public const string Stream = "people";

    public ReadModelTable Table { get; } =
        new("test_names", [new("tenant", ColumnType.Uuid), new("id", ColumnType.Uuid), new("name", ColumnType.Text)]);

    public bool ReadsRow => false;

    public bool Follows(string streamType) => streamType == Stream;

    public object?[]? Apply(object?[]? row, RecordedEvent recorded) =>
        [recorded.Tenant.Value, recorded.Stream.Id, (recorded.Value as Named)?.Name ?? People.NameOf(recorded)];

    /// <summary>An event as its process made it.</summary>
    public sealed record Named(string Name);
}

/// <summary>Gives a test a process that keeps <see cref="NamesProjection"/> alone.</summary>
internal static class PeopleProcesses
{
    public static async Task<StoreUnderTest> WithNames(this IStoreFixture fixture, Func<IEventReader, IEventReader>? reader = null)
    {
        var id = fixture.Current.Database.Kind == DatabaseKind.Postgres ? "uuid" : "text";
        await fixture.Current.Database.Execute(
            $"create table if not exists test_names (tenant {id}, id {id}, name text, primary key (tenant, id))",
            TestContext.Current.CancellationToken);
        return await fixture.SecondProcess(
            new StoreSetup { Projections = [new NamesProjection()], Entries = [], Reader = reader ?? (static r => r) });
    }
}
