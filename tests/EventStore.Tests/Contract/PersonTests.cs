using Microsoft.Extensions.Time.Testing;
using Tms.EventStore.Hosting;
using Tms.EventStore.Keys;
using Tms.EventStore.Persons;
using Tms.EventStore.Tests.Stores;
using Tms.Testing;

namespace Tms.EventStore.Tests.Contract;

public abstract class PersonTests<TStore>(TStore fixture) : StoreTests<TStore>(fixture)
    where TStore : class, IStoreFixture
{
    [Fact]
    public async Task Events_are_stored_sealed_and_opened_with_their_persons_keys()
    {
        var people = new People(Store);
        var (ola, kari) = (await people.Born("Ola"), await people.Born("Kari"));
        var log = await Store.Company(people.Tenant);
        Assert.All(log, e => Assert.True(SealedJson.Holds(e.Data.Span)));
        Assert.Equal(["Ola", "Kari"], (await Store.Opener.Open(log, Cancel)).Select(People.NameOf));
        Assert.Equal(["Ola"], await people.Names(Store, ola));
        Assert.Equal("Kari", People.NameOf(await Store.Opener.Open((await Store.Stream(people.Tenant, People.StreamOf(kari)))[0], Cancel)));
    }

    [Fact]
    public async Task Events_that_were_stored_before_there_were_keys_stay_readable()
    {
        var tenant = Some.Tenant();
        var old = new EventData(Guid.CreateVersion7(), People.EventType, 1, Some.Bytes("""{"name":"Gamle Ola"}"""));
        await Store.Appended(Some.Unit(tenant, Some.Stream(NamesProjection.Stream), 0, old));
        var log = await Store.Company(tenant);
        Assert.Same(log, await Store.Opener.Open(log, Cancel));
        Assert.Equal("Gamle Ola", People.NameOf(Assert.Single(log)));
    }

    [Fact]
    public async Task Without_the_key_nothing_opens_and_the_chain_stays_sound()
    {
        var people = new People(Store);
        var (ola, kari) = (await people.Born("Ola"), await people.Born("Kari"));
        Assert.Equal(["Ola"], await people.Names(Store, ola));

        await people.Erased(ola);
        Store.Persons.Forget();

        Assert.Equal([null, ""], await people.Names(Store, ola));
        Assert.Equal(["Kari"], await people.Names(Store, kari));
        Assert.Equal(3, (await Store.Sound(people.Tenant)).Count);
    }

    [Fact]
    public async Task Another_process_opens_nothing_any_more_once_a_second_has_passed()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var other = await Fixture.SecondProcess(new StoreSetup { Time = time });
        var people = new People(Store);
        var ola = await people.Born("Ola");
        Assert.Equal(["Ola"], await people.Names(other, ola));

        await people.Erased(ola);
        time.Advance(PersonKeys.Keep + TimeSpan.FromMilliseconds(1));

        Assert.Equal([null, ""], await people.Names(other, ola));
    }

    [Fact]
    public async Task Reading_many_persons_at_once_finds_all_their_keys()
    {
        var people = new People(Store);
        for (var i = 0; i < 510; i++) await people.Born($"{i}");
        Store.Persons.Forget();
        var opened = await Store.Opener.Open(await Store.Company(people.Tenant), Cancel);
        Assert.Equal(Enumerable.Range(0, 510).Select(i => $"{i}"), opened.Select(People.NameOf));
    }

    [Fact]
    public async Task Rebuilt_rows_hold_what_live_ones_hold_before_and_after_an_erasure()
    {
        await using var process = await Fixture.WithNames();
        var people = new People(process);
        var (ola, kari) = (await people.Born("Ola"), await people.Born("Kari"));
        await people.Renamed(ola, "Olav");
        await RebuiltIsLive(process, people, "Kari", "Olav");

        await people.Erased(ola);
        await RebuiltIsLive(process, people, "", "Kari");
        Assert.Equal(["Kari"], await people.Names(process, kari));
    }

    [Fact]
    public async Task A_read_model_that_is_behind_catches_up_with_opened_events()
    {
        await using var process = await Fixture.WithNames();
        var people = new People(Store);
        await people.Born("Ola");
        await process.Appended(Some.Unit(people.Tenant, Some.Stream()));
        Assert.Equal(["Ola"], (await process.Rows(new NamesProjection().Table, people.Tenant)).Select(r => (string)r[2]!));
    }

    [Fact]
    public async Task What_is_kept_in_memory_of_a_commit_is_only_what_was_stored()
    {
        var people = new People(Store);
        var before = (await Store.Heads()).GetValueOrDefault(people.Tenant.Partition);
        await people.Born("Ola");
        var kept = (await Store.Partition(people.Tenant.Partition, before)).Single(e => e.Tenant == people.Tenant);
        Assert.Null(kept.Value);
        Assert.True(SealedJson.Holds(kept.Data.Span));
    }

    [Fact]
    public async Task An_altered_event_is_not_shown_as_if_it_were_erased()
    {
        var people = new People(Store);
        await people.Born("Ola");
        var e = Assert.Single(await Store.Company(people.Tenant));
        var altered =
            e with { Data = Some.Bytes(Some.Text(e.Data).Replace("\"sealed\":\"", "\"sealed\":\"AAAA", StringComparison.Ordinal)) };
        await Assert.ThrowsAsync<InvalidDataException>(async () => await Store.Opener.Open(altered, Cancel));
    }

    [Fact]
    public async Task A_process_with_another_master_key_opens_nothing_and_says_why()
    {
        var people = new People(Store);
        var ola = await people.Born("Ola");
        var wrong = MasterKey.Load(Convert.ToBase64String([1, .. new byte[31]]), "");
        var keys = new PersonKeys(Store.Database, wrong, TimeProvider.System);
        var fault = await Assert.ThrowsAsync<ConfigurationFaultException>(async () => await keys.Find(people.Tenant, ola, Cancel));
        Assert.Contains("Tms:MasterKey", fault.Message, StringComparison.Ordinal);
    }

    private static async Task RebuiltIsLive(StoreUnderTest process, People people, params string[] names)
    {
        var table = new NamesProjection().Table;
        var live = await process.Rows(table, people.Tenant);
        Assert.Equal(names, live.Select(r => (string)r[2]!).Order(StringComparer.Ordinal));
        await process.ReadModels.Rebuild(table.Name, Cancel).Within(TimeSpan.FromSeconds(60));
        Assert.Equal(
            live.Select(r => (r[1], r[2])).ToHashSet(), (await process.Rows(table, people.Tenant)).Select(r => (r[1], r[2])).ToHashSet());
    }
}
