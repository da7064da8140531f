using Tms.EventStore.Tests.Stores;

namespace Tms.EventStore.Tests.Contract;

public abstract class KeyStoreTests<TStore>(TStore fixture) : StoreTests<TStore>(fixture)
    where TStore : class, IStoreFixture
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 29, 12, 0, 0, TimeSpan.Zero);
    private readonly string _purpose = $"purpose-{Guid.CreateVersion7()}";

    [Fact]
    public async Task Keys_of_a_purpose_come_back_oldest_first()
    {
        await Add(Key("b", minutes: 2), onlyFirst: false);
        await Add(Key("a", minutes: 1), onlyFirst: false);
        var keys = await Store.Keys(_purpose);
        Assert.Equal([Id("a"), Id("b")], keys.Select(key => key.Id));
        Assert.Equivalent(Key("a", minutes: 1), keys[0], strict: true);
    }

    [Fact]
    public async Task Of_twenty_first_keys_one_is_added()
    {
        await using var other = await Fixture.SecondProcess();
        StoreUnderTest[] both = [Store, other];
        var added = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => both[n % 2].AddKey(Key($"{n}", n), onlyFirst: true)));
        Assert.Single(added, true);
        Assert.Single(await Store.Keys(_purpose));
    }

    [Fact]
    public async Task Of_twenty_successors_of_a_key_one_is_added()
    {
        await Add(Key("first", minutes: 0), onlyFirst: true);
        await using var other = await Fixture.SecondProcess();
        StoreUnderTest[] both = [Store, other];
        var added = await Task.WhenAll(Enumerable.Range(1, 20).Select(n => both[n % 2].AddKeyAfter(Key($"{n}", n), Id("first"))));
        Assert.Single(added, true);
        Assert.Equal(2, (await Store.Keys(_purpose)).Count);
        Assert.False(await Store.AddKeyAfter(Key("late", 30), Id("first")));
        Assert.False(await Store.AddKeyAfter(Key("of none", 30), Id("nobody")));
    }

    [Fact]
    public async Task A_key_is_withdrawn_once_and_keeps_its_time()
    {
        await Add(Key("first", minutes: 0), onlyFirst: true);
        await Add(Key("other", minutes: 1), onlyFirst: false);
        Assert.Equal(Noon, await Store.WithdrawKey(_purpose, Id("first"), Noon));
        Assert.Equal(Noon, await Store.WithdrawKey(_purpose, Id("first"), Noon.AddHours(1)));
        Assert.Equal([Noon, null], (await Store.Keys(_purpose)).Select(key => key.WithdrawnAt));
        Assert.Null(await Store.WithdrawKey(_purpose, Id("nobody"), Noon));
        Assert.Null(await Store.WithdrawKey("another purpose", Id("other"), Noon));
        Assert.Null((await Store.Keys(_purpose))[1].WithdrawnAt);
    }

    private async Task Add(StoredKey key, bool onlyFirst) => Assert.True(await Store.AddKey(key, onlyFirst));

    private string Id(string id) => $"{_purpose}/{id}";

    private StoredKey Key(string id, int minutes) => new(Id(id), _purpose, Noon.AddMinutes(minutes), [1, 2], [3, 4, 5]);
}
