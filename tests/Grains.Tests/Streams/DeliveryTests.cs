using Tms.EventStore;
using Tms.Grains.Tests.Support;
using Xunit;

namespace Tms.Grains.Tests.Streams;

public sealed class DeliveryTests
{
    private readonly World _world = new();

    [Fact]
    public async Task Events_of_every_company_arrive_in_its_order()
    {
        await using var cluster = await _world.Start();
        TenantId[] companies = [.. World.Neighbours(3), World.Company(), World.Company()];
        for (var i = 0; i < 60; i++)
        {
            foreach (var company in companies) _world.Log.Append(company, "A", "B");
        }

        await _world.Deliveries.Distinct.Reaches(600);

        foreach (var company in companies)
            Assert.Equal(Enumerable.Range(1, 120).Select(i => (long)i), _world.Deliveries.Sequences(company));
    }

    [Fact]
    public async Task A_read_of_a_busy_company_is_one_delivery()
    {
        var company = World.Company();
        _world.Log.Append(company, [.. Enumerable.Repeat("A", 400)]);
        await using var cluster = await _world.Start();

        await _world.Deliveries.Distinct.Reaches(400);

        Assert.Single(_world.Deliveries.Batches);
    }

    [Fact]
    public async Task More_companies_than_a_read_may_hold_are_all_delivered()
    {
        var companies = World.Neighbours(70);
        for (var i = 0; i < 5; i++)
        {
            foreach (var company in companies) _world.Log.Append(company, "A");
        }

        await using var cluster = await _world.Start();
        await _world.Deliveries.Distinct.Reaches(350);

        Assert.All(companies, c => Assert.Equal([1, 2, 3, 4, 5], _world.Deliveries.Sequences(c)));
    }

    [Fact]
    public async Task A_receiver_that_loses_the_store_goes_on_when_it_is_back()
    {
        var company = World.Company();
        await using var cluster = await _world.Start();
        _world.Log.Append(company, "A");
        await _world.Deliveries.Distinct.Reaches(1);

        _world.Log.Down = true;
        _world.Log.Append(company, "B");
        await _world.Log.FailedReads.Reaches(4);
        _world.Log.Down = false;

        await _world.Deliveries.Distinct.Reaches(2);
        Assert.Equal([1, 2], _world.Deliveries.Sequences(company));
    }

    [Fact]
    public async Task A_new_cluster_goes_on_at_the_checkpoint()
    {
        var company = World.Company();
        await using (await _world.Start())
        {
            _world.Log.Append(company, [.. Enumerable.Repeat("A", 50)]);
            await _world.Deliveries.Distinct.Reaches(50);
            await _world.Checkpoints.Saves.Reaches(1);
        }

        _world.Log.Append(company, "B");
        await using var next = await _world.Start();
        await _world.Deliveries.Distinct.Reaches(51);

        Assert.Equal([51L], _world.Deliveries.Batches[^1].Select(e => e.Sequence));
        Assert.Equal(51, _world.Deliveries.Sequences(company).Length);
    }

    [Fact]
    public async Task A_killed_silo_leaves_no_event_undelivered()
    {
        TenantId[] companies = [.. Enumerable.Range(0, 20).Select(_ => World.Company())];
        await using var cluster = await _world.Start(silos: 2);
        var appended = AppendAll(companies, 40);
        await _world.Deliveries.Distinct.Reaches(100);

        await cluster.KillSiloAsync(cluster.Silos[^1], TestContext.Current.CancellationToken);
        await appended;

        await _world.Deliveries.Distinct.Reaches(20 * 40);
        Assert.All(companies, c => Assert.Equal(Enumerable.Range(1, 40).Select(i => (long)i), _world.Deliveries.Sequences(c).Distinct()));
    }

    private async Task AppendAll(TenantId[] companies, int rounds)
    {
        for (var i = 0; i < rounds; i++)
        {
            foreach (var company in companies) _world.Log.Append(company, "A");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TestContext.Current.CancellationToken);
        }
    }
}
