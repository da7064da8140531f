using System.Diagnostics;
using Tms.Api.Auth;
using Tms.EventStore;

namespace Tms.Api.Tests.Auth;

/// <summary>What a password costs, and who pays.</summary>
public sealed class PasswordCostTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_check_is_dear_and_as_dear_for_nobodys_hash()
    {
        using var passwords = new Passwords();
        var hash = await passwords.Hash("en lang og god setning 7", Cancel);
        var known = await Cost(() => passwords.Check(hash, "not this one 77", Cancel));
        var unknown = await Cost(() => passwords.Check(null, "not this one 77", Cancel));
        TestContext.Current.SendDiagnosticMessage("One check of a password: {0:F0} ms with a hash, {1:F0} ms without.", known, unknown);
        Assert.True(known > 10, $"{known} ms are no work for somebody who guesses.");
        Assert.InRange(unknown / known, 0.5, 2);
    }

    [Fact]
    public async Task Only_so_many_work_at_once_beside_the_threads_of_the_pool_and_only_so_many_wait_of_whom_strangers_are_three_in_four()
    {
        using var queue = new HashingQueue(cores: 2);
        using var gate = new ManualResetEventSlim();
        var counts = new Lock();
        var (running, most, onPool) = (0, 0, 0);
        bool Work()
        {
            lock (counts)
            {
                most = Math.Max(most, ++running);
                onPool += Thread.CurrentThread.IsThreadPoolThread ? 1 : 0;
            }

            gate.Wait(Cancel);
            lock (counts) running--;
            return true;
        }

        var strangers =
            Enumerable.Range(0, 2 * (HashingQueue.StrangersPerCore + 1)).Select(_ => queue.Run(Work, isStranger: true, Cancel)).ToArray();
        await Assert.ThrowsAsync<StoreBusyException>(() => queue.Run(Work, isStranger: true, Cancel));
        var known = Enumerable.Range(strangers.Length, (2 * (HashingQueue.WaitingPerCore + 1)) - strangers.Length)
            .Select(_ => queue.Run(Work, isStranger: false, Cancel)).ToArray();
        await Assert.ThrowsAsync<StoreBusyException>(() => queue.Run(Work, isStranger: false, Cancel));
        gate.Set();
        Assert.All(await Task.WhenAll(strangers.Concat(known)), Assert.True);
        Assert.Equal((2, 0), (most, onPool));
        Assert.True(await queue.Run(Work, isStranger: true, Cancel));
    }

    private static async Task<double> Cost(Func<Task> work)
    {
        await work();
        var best = double.MaxValue;
        for (var i = 0; i < 3; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await work();
            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return best;
    }
}
