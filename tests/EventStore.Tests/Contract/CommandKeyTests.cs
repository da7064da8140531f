using Tms.EventStore.Tests.Stores;

namespace Tms.EventStore.Tests.Contract;

public abstract class CommandKeyTests<TStore>(TStore fixture) : StoreTests<TStore>(fixture)
    where TStore : class, IStoreFixture
{
    private readonly TenantId _tenant = Some.Tenant();
    private readonly StreamName _stream = Some.Stream();
    private readonly CommandKey _key = Some.Key("create-order", "what it said");

    [Fact]
    public async Task A_key_is_found_with_what_its_command_did()
    {
        await Store.Appended(Some.Unit(_tenant, _stream, 0, Some.Events(2)) with { Key = _key });
        Is(2, await Store.FindCommand(_tenant, _key));
    }

    [Fact]
    public async Task A_key_that_was_not_used_is_not_found() => Assert.Null(await Store.FindCommand(_tenant, _key));

    [Fact]
    public async Task A_second_use_gets_the_first_ones_fingerprint_stream_and_version_and_stores_nothing()
    {
        await Store.Appended(Some.Unit(_tenant, _stream) with { Key = _key });
        await Store.Appended(Some.Unit(_tenant, _stream, 1));
        var second = await Store.Append(Some.Unit(_tenant, Some.Stream()) with { Key = Some.Key("create-order", "something else") });
        Is(1, Assert.IsType<AppendResult.KeyTaken>(second).Earlier);
        Assert.Equal(2, (await Store.Sound(_tenant)).Count);
    }

    [Fact]
    public async Task Of_a_hundred_concurrent_uses_one_is_stored_and_the_others_learn_of_it()
    {
        await using var other = await Fixture.SecondProcess();
        StoreUnderTest[] both = [Store, other];
        var units = Enumerable.Range(0, 100).Select(_ => Some.Unit(_tenant, Some.Stream()) with { Key = _key }).ToArray();
        var results = await Task.WhenAll(units.Select((unit, n) => both[n % 2].Append(unit)));
        var stored = Assert.Single(await Store.Sound(_tenant));
        Assert.Single(results.OfType<AppendResult.Appended>());
        Assert.Equal(99, results.OfType<AppendResult.KeyTaken>().Count(taken => taken.Earlier.Stream == stored.Stream));
    }

    [Fact]
    public async Task A_conflicting_unit_does_not_use_its_key_up()
    {
        var unit = Some.Unit(_tenant, _stream, 7) with { Key = _key };
        Assert.IsType<AppendResult.Conflict>(await Store.Append(unit));
        Assert.Null(await Store.FindCommand(_tenant, _key));
        await Store.Appended(Some.Unit(_tenant, _stream) with { Key = _key });
    }

    [Fact]
    public async Task A_taken_key_says_so_even_where_the_version_is_wrong_too()
    {
        await Store.Appended(Some.Unit(_tenant, _stream) with { Key = _key });
        Is(1, Assert.IsType<AppendResult.KeyTaken>(await Store.Append(Some.Unit(_tenant, _stream) with { Key = _key })).Earlier);
    }

    [Fact]
    public async Task The_same_key_in_another_tenant_is_another_key()
    {
        await Store.Appended(Some.Unit(_tenant, _stream) with { Key = _key });
        var other = Some.Tenant();
        Assert.Null(await Store.FindCommand(other, _key));
        await Store.Appended(Some.Unit(other, Some.Stream()) with { Key = _key });
    }

    private void Is(int version, CommandRecord? record)
    {
        Assert.NotNull(record);
        Assert.Equal((_stream, version), (record.Stream, record.Version.Value));
        Assert.Equal(_key.Fingerprint, record.Fingerprint);
    }
}
