using Tms.EventStore.Tests.Stores;

namespace Tms.EventStore.Tests.Contract;

/// <summary>Rows of one stream are folded anew.</summary>
public abstract class RefoldTests<TStore>(TStore fixture) : StoreTests<TStore>(fixture)
    where TStore : class, IStoreFixture
{
    private readonly TenantId _tenant = Some.Tenant();
    private readonly StreamName _stream = Some.Stream();

    [Fact]
    public async Task A_stream_is_folded_anew_together_with_another_of_its_id()
    {
        StreamName same = new(TotalsProjection.Stream, _stream.Id);
        await Store.Appended(Some.Unit(_tenant, _stream));
        await Store.Appended(Some.Unit(_tenant, same, 0, Some.Events(2)));
        foreach (var name in new[] { _stream, same })
        {
            await Spoil();
            await Store.Traces.Refold(_tenant, name, Cancel);
            await Store.HasRows(_tenant, new());
        }
    }

    [Fact]
    public async Task What_came_since_it_was_read_is_in_its_rows()
    {
        await Store.Appended(Some.Unit(_tenant, _stream));
        var folds = await Store.Refolds.Read(_tenant, _stream, Cancel);
        await Store.Appended(Some.Unit(_tenant, _stream, 1));
        await Spoil();
        await using (var session = await Store.Rebuilds.Open(_tenant, "test_firsts", Cancel))
            Assert.True(await session.Locked(s => Store.Refolds.Run(_tenant, _stream, folds, s, Cancel), Cancel));
        await Store.HasRows(_tenant, new());
    }

    [Fact]
    public async Task Rows_of_a_part_of_the_log_are_folded_anew_as_a_whole_instead()
    {
        await using var older = await Fixture.SecondProcess(new() { Projections = [], Entries = [] });
        await Store.Appended(Some.Unit(_tenant, _stream));
        await older.Appended(Some.Unit(_tenant, _stream, 1));
        Assert.Contains("test_firsts@1=1", await Store.Heads(_tenant));
        await Store.Traces.Refold(_tenant, _stream, Cancel);
        Assert.DoesNotContain(await Store.Heads(_tenant), head => head.StartsWith("test_firsts", StringComparison.Ordinal));
        await Store.Appended(Some.Unit(_tenant, Some.Stream("others")));
        await Store.HasRows(_tenant, new());
    }

    private Task Spoil() =>
        Store.Database.Execute("update test_firsts set version = 77 where tenant = @tenant", Cancel, ("tenant", _tenant.Value));
}
