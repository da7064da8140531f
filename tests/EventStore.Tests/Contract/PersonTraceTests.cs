using Tms.EventStore.Tests.Stores;
using Tms.Testing;

namespace Tms.EventStore.Tests.Contract;

/// <summary>What the log says of persons in streams of others.</summary>
public abstract class PersonTraceTests<TStore>(TStore fixture) : StoreTests<TStore>(fixture)
    where TStore : class, IStoreFixture
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Events_that_name_a_person_are_found_by_it_in_their_order()
    {
        var people = new People(Store);
        var (ola, kari) = (await people.Born("Ola"), await people.Born("Kari"));
        var first = await people.Mentioned(ola, "Ola");
        var second = await people.Mentioned(kari, "Kari");
        await people.Mentioned(ola, "Olav", second, 1);

        var found = await Store.Traces.Events(people.Tenant, ola, CompanySequence.Start, 10, Cancel);
        Assert.Equal([(first, 3L), (second, 5L)], found.Select(e => (e.Stream, e.Sequence.Value)));
        Assert.Equal(5, Assert.Single(await Store.Traces.Events(people.Tenant, ola, found[0].Sequence, 10, Cancel)).Sequence.Value);
        Assert.Equal(
            new[] { first, second, People.StreamOf(ola) }.OrderBy(s => $"{s.Id}"),
            (await Store.Traces.Streams(people.Tenant, ola, Cancel)).OrderBy(s => $"{s.Id}"));
        Assert.Empty(await Store.Traces.Streams(Some.Tenant(), ola, Cancel));
    }

    [Fact]
    public async Task An_event_that_got_a_number_is_found_too()
    {
        var (tenant, stream, person) = (Some.Tenant(), Some.Stream(), Guid.CreateVersion7());
        var unit = Some.Drawing(tenant, stream, "certificates");
        var complete = unit.Draw!.Complete;
        await Store.Appended(
            unit with { Draw = unit.Draw with { Complete = numbers => [.. complete(numbers).Select(e => e with { About = [person] })] } });
        Assert.Equal(stream, Assert.Single(await Store.Traces.Streams(tenant, person, Cancel)));
    }

    [Fact]
    public async Task Each_person_s_key_opens_its_own_and_an_erasure_leaves_the_other_readable()
    {
        var people = new People(Store);
        var (ola, kari) = (await people.Born("Ola"), await people.Born("Kari"));
        var stream = await people.Mentioned(ola, "Ola");
        await people.Mentioned(kari, "Kari", stream, 1);
        await people.Erased(ola);
        Store.Persons.Forget();
        Assert.Equal([null, "Kari"], (await Store.Opener.Open(await Store.Stream(people.Tenant, stream), Cancel)).Select(People.NameOf));
    }

    [Fact]
    public async Task What_is_opened_for_one_person_shows_nothing_of_another()
    {
        var people = new People(Store);
        var (ola, kari) = (await people.Born("Ola"), await people.Born("Kari"));
        var stream = await people.Mentioned(ola, "Ola");
        await people.Mentioned(kari, "Kari", stream, 1);
        var opened = await Store.Opener.OpenFor(kari, await Store.Stream(people.Tenant, stream), Cancel);
        Assert.Equal([null, "Kari"], opened.Select(People.NameOf));
    }

    [Fact]
    public async Task Rows_of_a_stream_that_is_folded_anew_know_nothing_of_an_erased_person()
    {
        await using var process = await Fixture.WithNames();
        var people = new People(process);
        var (ola, kari) = (await people.Born("Ola"), await people.Born("Kari"));
        var (ofOla, ofKari) = (await people.Mentioned(ola, "Ola"), await people.Mentioned(kari, "Kari"));
        await people.Erased(ola);
        process.Persons.Forget();
        Assert.Equal("Ola", await Row(process, people, ofOla));

        foreach (var stream in new[] { ofOla, ofKari }) await process.Traces.Refold(people.Tenant, stream, Cancel);

        Assert.Null(await Row(process, people, ofOla));
        Assert.Equal("Kari", await Row(process, people, ofKari));
    }

    [Fact]
    public async Task A_rebuild_writes_nothing_back_of_a_person_who_is_erased_meanwhile()
    {
        GatedReader? reader = null;
        await using var process = await Fixture.WithNames(inner => reader = new(inner, Some.Tenant(), read: 1));
        var people = new People(process);
        reader!.Gated = people.Tenant;
        var (ola, kari) = (await people.Born("Ola"), await people.Born("Kari"));
        var (ofOla, ofKari) = (await people.Mentioned(ola, "Ola"), await people.Mentioned(kari, "Kari"));
        var rebuilding = process.ReadModels.Rebuild("test_names", Cancel);
        await reader.Reached.Within(Limit);

        await people.Erased(ola);
        process.Persons.Forget();
        await process.Traces.Refold(people.Tenant, ofOla, Cancel).Within(Limit);
        reader.Open();
        await rebuilding.Within(Limit);

        Assert.Null(await Row(process, people, ofOla));
        Assert.Equal("Kari", await Row(process, people, ofKari));
    }

    [Fact]
    public async Task Rows_that_are_folded_for_one_erased_person_bring_no_other_back_who_was_erased_meanwhile()
    {
        await using var process = await Fixture.WithNames();
        var people = new People(process);
        var (ola, kari) = (await people.Born("Ola"), await people.Born("Kari"));
        var stream = await people.Mentioned(ola, "Ola");
        await people.Mentioned(kari, "Kari", stream, 1);
        await people.Erased(ola);
        process.Persons.Forget();
        var folds = await process.Refolds.Read(people.Tenant, stream, Cancel);

        await people.Erased(kari);
        process.Persons.Forget();
        await process.Traces.Refold(people.Tenant, stream, Cancel);
        await using (var session = await process.Rebuilds.Open(people.Tenant, "test_names", Cancel))
            await session.Locked(s => process.Refolds.Run(people.Tenant, stream, folds, s, Cancel), Cancel);

        Assert.Null(await Row(process, people, stream));
    }

    [Fact]
    public async Task An_event_that_names_a_person_twice_is_refused()
    {
        var person = Guid.CreateVersion7();
        var unit = Some.Unit(Some.Tenant(), Some.Stream(), 0, Some.Event() with { About = [person, person] });
        await Assert.ThrowsAsync<UnitRejectedException>(() => Store.Append(unit));
    }

    private static async Task<string?> Row(StoreUnderTest process, People people, StreamName stream) =>
        (string?)(await process.Rows(new NamesProjection().Table, people.Tenant)).Single(r => (Guid)r[1]! == stream.Id)[2];
}
