using Tms.EventStore.Tests.Stores;

namespace Tms.EventStore.Tests.Contract;

public abstract class EntriesTests<TStore>(TStore fixture) : StoreTests<TStore>(fixture)
    where TStore : class, IStoreFixture
{
    private readonly TenantId _tenant = Some.Tenant();
    private readonly StreamName _stream = Some.Stream(WordEntries.Stream);

    [Fact]
    public async Task Entries_are_there_when_the_append_returns()
    {
        await Store.Appended(Says(0, "olje og diesel"));
        Assert.Equal(["diesel", "og", "olje"], await Words());
    }

    [Fact]
    public async Task The_same_entry_of_one_event_is_one_row()
    {
        await Store.Appended(Says(0, "olje olje"));
        Assert.Equal(["olje"], await Words());
    }

    [Fact]
    public async Task The_same_entry_of_a_later_unit_is_one_row()
    {
        await Store.Appended(Says(0, "olje"));
        await Store.Appended(Says(1, "olje diesel"));
        Assert.Equal(["diesel", "olje"], await Words());
    }

    [Fact]
    public async Task The_same_entries_of_concurrent_units_are_one_row_each()
    {
        await Store.AppendAll(Enumerable.Range(0, 50)
            .Select(
                n => Some.Unit(_tenant, Some.On(_tenant, Some.Stream()), On(n == 0 ? _stream : Some.Stream(WordEntries.Stream), "olje"))));
        Assert.Equal(50, (await Words()).Count);
    }

    [Fact]
    public async Task A_conflicting_unit_adds_no_entry()
    {
        Assert.IsType<AppendResult.Conflict>(await Store.Append(Says(3, "olje")));
        Assert.Empty(await Words());
    }

    private AppendUnit Says(int expected, string text) => Some.Unit(_tenant, _stream, expected, Some.Event(Some.Bytes(text)));

    private StreamAppend On(StreamName stream, string text) => Some.On(_tenant, stream, 0, Some.Event(Some.Bytes(text)));

    private async Task<IReadOnlyList<string>> Words() =>
        [.. (await Store.Rows(new WordEntries().Table, _tenant)).Select(row => (string)row[1]!).Order(StringComparer.Ordinal)];
}
