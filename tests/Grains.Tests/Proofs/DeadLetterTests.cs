using System.Collections.Concurrent;
using System.Diagnostics;
using Orleans.TestingHost;
using Tms.EventStore;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Tests.Support;
using Xunit;

namespace Tms.Grains.Tests.Proofs;

/// <summary>A reactor that cannot do its work, on a real store with its real stream.</summary>
public abstract class DeadLetterTests
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private readonly OrderBook _book = new("book");
    private readonly OrderBook _other = new("other");
    private readonly TenantId _sick = World.Company();
    private readonly TenantId[] _healthy = [.. Enumerable.Range(0, 5).Select(_ => World.Company())];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_handler_that_keeps_failing_backs_off_while_everybody_else_goes_on_and_ends_as_a_dead_letter()
    {
        await using var world = await Start();
        var cluster = await world.Start();
        var tries = new ConcurrentQueue<long>();
        var release = new TaskCompletionSource();
        _book.Before = e => Fail(e, async () =>
        {
            tries.Enqueue(Stopwatch.GetTimestamp());
            if (tries.Count == 3) await release.Task;
        });

        foreach (var company in (TenantId[])[_sick, .. _healthy]) await Place(cluster, company, 4);
        // The third attempt is still running: what is done by now did not wait for the failing event.
        await _other.Handled.Reaches(6 * 4);
        await _book.Handled.Reaches((5 * 4) + 1);
        Assert.Empty(await Letters(cluster));

        release.SetResult();
        await _book.Handled.Reaches((5 * 4) + 3);
        var letter = Assert.Single(await Letters(cluster));
        Assert.Equal((_book.Name, _sick, 2L, 5), (letter.Key.Reactor, letter.Key.Tenant, letter.Key.Sequence.Value, letter.Attempts));
        Assert.Equal("InvalidOperationException: It fails.", letter.Error);
        BacksOff([.. tries]);
    }

    [Fact]
    public async Task An_operators_retry_has_its_effect_once_however_often_it_is_asked_for()
    {
        await using var world = await Start();
        var cluster = await world.Start();
        _book.Before = e => Fail(e, () => Task.CompletedTask);
        await Place(cluster, _sick, 3);
        await _book.Handled.Reaches(2);
        Assert.Equal([1, 0, 1], (await _book.Effects(cluster.Reader(), _sick)).Values);

        // The effect is there, and the handler fails after it: the letter stays, and counts one attempt more.
        _book.Before = _ => Task.CompletedTask;
        _book.After = e => Fail(e, () => Task.CompletedTask);
        await Retry(cluster);
        await Eventually.Holds(async () => await Letters(cluster) is [{ Attempts: 6 }], "the letter counts one attempt more");

        _book.After = _ => Task.CompletedTask;
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Retry(cluster)));
        await Eventually.Holds(async () => await Letters(cluster) is [], "the letter is gone");
        await Place(cluster, _sick, 1);
        await Eventually.Holds(
            async () => (await _book.Effects(cluster.Reader(), _sick)).Values.Count(n => n > 0) == 4, "every order has its effect");
        Assert.Equal([1, 1, 1, 1], (await _book.Effects(cluster.Reader(), _sick)).Values);
        Assert.False(await cluster.Part<IReactorCursors>().RetryDeadLetter(new("book", _sick, new(2)), Cancel));
    }

    private protected abstract Task<StoreWorld> Make();

    private async Task<StoreWorld> Start()
    {
        var world = await Make();
        world.Reactors.AddRange([_book, _other]);
        world.Patience = o => o.FirstBackOff = First;
        return world;
    }

    /// <summary>Fails at the second event of the sick company.</summary>
    private async Task Fail(DeliveredEvent e, Func<Task> before)
    {
        if (e.Tenant != _sick.Value || e.Sequence != 2) return;
        await before();
        throw new InvalidOperationException("It fails.");
    }

    /// <summary>Orders that follow each other in the log, whatever reactors append.</summary>
    private static async Task Place(InProcessTestCluster cluster, TenantId company, int count) =>
        Assert.IsType<AppendResult.Appended>(await cluster.Writer().Append(Orders.Unit(company, count: count), Cancel));

    private static Task<IReadOnlyList<DeadLetter>> Letters(InProcessTestCluster cluster) =>
        cluster.Part<IReactorCursors>().DeadLetters(null, null, 10, Cancel);

    /// <summary>What an operator does.</summary>
    private async Task Retry(InProcessTestCluster cluster)
    {
        await cluster.Part<IReactorCursors>().RetryDeadLetter(new("book", _sick, new(2)), Cancel);
        await World.Reactor(cluster, _sick, "book").Ring(0);
    }

    /// <summary>Between two attempts passes at least half of a pause that doubles.</summary>
    private static void BacksOff(long[] tries)
    {
        Assert.Equal(5, tries.Length);
        for (var i = 1; i < tries.Length; i++)
            Assert.True(
                Stopwatch.GetElapsedTime(tries[i - 1], tries[i]) >= First * Math.Pow(2, i - 1) / 2, $"Attempt {i + 1} came too early.");
    }
}

public sealed class PostgresDeadLetterTests : DeadLetterTests
{
    private protected override Task<StoreWorld> Make() => StoreWorld.OnPostgres();
}

public sealed class SqliteDeadLetterTests : DeadLetterTests
{
    private protected override Task<StoreWorld> Make() => Task.FromResult(StoreWorld.OnSqlite());
}
