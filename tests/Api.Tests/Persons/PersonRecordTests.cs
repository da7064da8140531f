using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Tms.Api.Tests.Blobs;
using Tms.Api.Users;
using Tms.Domain.Shared;
using Tms.EventStore;
using Tms.EventStore.Persons;

namespace Tms.Api.Tests.Persons;

/// <summary>An export shows what streams of others say of the person, and nothing that they say of anybody else.</summary>
public sealed partial class PersonRecordTests(FilesApi api) : IClassFixture<FilesApi>
{
    private static readonly EventType Shared = EventType.Of("X_SHARED", 1, SharedJson.Default.SharedResult);

    private readonly TenantId _tenant = new(Guid.CreateVersion7());
    private readonly Dictionary<Guid, PersonKey> _keys = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_export_holds_events_of_other_streams_that_name_the_person_and_nothing_of_others()
    {
        var (kari, ola) = (await Born(), await Born());
        await Result(new(3, [new(kari, "Kari"), new(ola, "Ola")]));
        await Result(new(4, [new(ola, "Ola")]));
        var records = ActivatorUtilities.CreateInstance<PersonRecords>(api.Store, new EventCatalog([.. TmsEvents.Catalog.All, Shared]));

        var events = await records.Events(_tenant, kari, Cancel);

        Assert.Equal(["USER_REGISTERED", "X_SHARED"], events.Select(e => e.Type));
        var shown = Assert.Single(records.Shown(events), e => e.Type == "X_SHARED").Data.GetRawText();
        Assert.Equal(
            new SharedResult(3, [new(kari, "Kari"), new(ola, "")]).Takers,
            JsonSerializer.Deserialize(shown, SharedJson.Default.SharedResult)!.Takers);
    }

    private async Task<Guid> Born()
    {
        var person = Guid.CreateVersion7();
        var (key, secret) = api.Store.GetRequiredService<PersonKeys>().Make(_tenant, person);
        _keys[person] = key;
        await Append(new("users", person), new(Guid.CreateVersion7(), "USER_REGISTERED", 1, "{}"u8.ToArray()), secret);
        return person;
    }

    private Task Result(SharedResult result)
    {
        var id = Guid.CreateVersion7();
        var takers = string.Join(
            ',', result.Takers.Select(t => $$$"""{"id":"{{{t.Id}}}","personal":{"sealed":"{{{Box(t, id)}}}","of":"{{{t.Id}}}"}}"""));
        var e = new EventData(
            id, Shared.Name, 1, System.Text.Encoding.UTF8.GetBytes($$$"""{"points":{{{result.Points}}},"takers":[{{{takers}}}]}"""));
        return Append(new("results", Guid.CreateVersion7()), e with { About = [.. result.Takers.Select(t => t.Id)] });
    }

    private string Box(Taker taker, Guid id) =>
        Convert.ToBase64String(_keys[taker.Id].Seal(id, JsonSerializer.SerializeToUtf8Bytes(new { name = taker.Name })));

    private async Task Append(StreamName stream, EventData e, params Secret[] secrets)
    {
        var unit = new AppendUnit
        {
            Tenant = _tenant,
            Streams = [new(_tenant, stream, StreamVersion.Empty, [e])],
            Metadata = "{}"u8.ToArray(),
            Secrets = secrets,
        };
        Assert.IsType<AppendResult.Appended>(await api.Store.GetRequiredService<IEventWriter>().Append(unit, Cancel));
    }

    public sealed record SharedResult(int Points, IReadOnlyList<Taker> Takers);

    public sealed record Taker([property: About] Guid Id, [property: PersonalData] string Name);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(SharedResult))]
    private sealed partial class SharedJson : JsonSerializerContext;
}
