using Tms.EventStore.Tests.Stores;

namespace Tms.EventStore.Tests.Contract;

public abstract class RestartTests<TStore>(TStore fixture) : StoreTests<TStore>(fixture)
    where TStore : class, IStoreFixture
{
    private readonly TenantId _tenant = Some.Tenant();
    private readonly StreamName _stream = Some.Stream(TotalsProjection.Stream);

    [Fact]
    public async Task Everything_is_there_after_a_restart()
    {
        var unit = Everything();
        var first = await Store.Appended(unit);
        var log = await Store.Sound(_tenant);
        await Fixture.Restart();
        Assert.Equal(first with { AlreadyThere = true }, await Store.Append(unit));
        Assert.Equal(log.Select(e => Convert.ToHexString(e.Hash)), (await Store.Sound(_tenant)).Select(e => Convert.ToHexString(e.Hash)));
        Assert.Equal(log[^1].Position, (await Store.Heads())[_tenant.Partition]);
        Assert.Equal(unit.Reservations[0], await Store.FindReservation("email", unit.Reservations[0].Value));
        Assert.Equal([1, 2, 3], (await Store.FindSecret(_tenant, _stream.Id, "password"))!);
        Assert.Equal(3, (await Store.FindCommand(_tenant, unit.Key!))!.Version.Value);
        Assert.Single(await Store.Rows(new TotalsProjection().Table, _tenant));
    }

    [Fact]
    public async Task The_log_goes_on_after_a_restart()
    {
        await Store.Appended(Some.Unit(_tenant, _stream, 0, Some.Events(2)));
        await Fixture.Restart();
        var result = await Store.Appended(Some.Unit(_tenant, _stream, 2));
        Assert.Equal((3, 3L), (result.Version.Value, result.Sequence.Value));
        Assert.Equal(3, (await Store.Sound(_tenant)).Count);
    }

    [Fact]
    public async Task The_epoch_stays_through_restarts_and_is_the_same_for_all_processes()
    {
        var epoch = await Store.Epoch();
        await Fixture.Restart();
        await using var other = await Fixture.SecondProcess();
        Assert.NotEqual(Guid.Empty, epoch);
        Assert.Equal(epoch, await Store.Epoch());
        Assert.Equal(epoch, await other.Epoch());
    }

    [Fact]
    public async Task Processes_may_start_together_and_again_and_again()
    {
        var processes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Fixture.SecondProcess()));
        await Task.WhenAll(processes.Select(process => process.Appended(Some.Unit(_tenant, Some.Stream()))));
        foreach (var process in processes) await process.DisposeAsync();
        Assert.Equal(4, (await Store.Sound(_tenant)).Count);
    }

    private AppendUnit Everything() => Some.Unit(_tenant, _stream, 0, Some.Events(3)) with
    {
        Key = Some.Key("everything"),
        Reservations = [Some.Email(_tenant)],
        Secrets = [new(_tenant, _stream.Id, "password", [1, 2, 3])],
    };
}
