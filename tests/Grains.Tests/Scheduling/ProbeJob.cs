using System.Collections.Concurrent;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Scheduling;
using Tms.Grains.Tests.Support;

namespace Tms.Grains.Tests.Scheduling;

/// <summary>A job whose items fall due where a test puts them, and that fails on demand.</summary>
internal sealed class ProbeJob : IJob
{
    private readonly ConcurrentDictionary<DueWork, DateTimeOffset> _plan = new();

    public string Name => "probe";

    public Func<DueWork, bool> Fails { get; set; } = _ => false;

    public bool Down { get; set; }

    public Task Gate { get; set; } = Task.CompletedTask;

    public ConcurrentQueue<(DueWork Work, Guid? Caller)> Done { get; } = new();

    public Counted DoneCount { get; } = new();

    public Counted Looks { get; } = new();

    public Counted Failures { get; } = new();

    public DueWork Plan(DateTimeOffset at)
    {
        var work = new DueWork(Guid.CreateVersion7(), Guid.CreateVersion7(), 1);
        _plan[work] = at;
        return work;
    }

    public ValueTask<DateTimeOffset> Next(DateTimeOffset now, CancellationToken cancel) =>
        new(_plan.Values.Where(at => at > now).DefaultIfEmpty(now.AddDays(1)).Min());

    public async IAsyncEnumerable<IReadOnlyList<DueWork>> Due(
        DateTimeOffset now, int pageSize, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        Looks.Add();
        await Gate;
        if (Down) throw new IOException("The store is away.");
        foreach (var page in _plan.Where(p => p.Value <= now).OrderBy(p => p.Value).Select(p => p.Key).Chunk(pageSize)) yield return page;
    }

    public Task Do(DueWork work, JobContext context)
    {
        if (Fails(work))
        {
            Failures.Add();
            throw new InvalidOperationException("It fails.");
        }

        Done.Enqueue((work, CallerTenant.Get()));
        _plan.TryRemove(work, out _);
        DoneCount.Add();
        return Task.CompletedTask;
    }
}
