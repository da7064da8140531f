using System.Runtime.InteropServices;

namespace Tms.EventStore.Lanes;

/// <summary>Units in turns: one of each tenant, and a tenant's own in the order in which they came.</summary>
/// <remarks>
/// Not for several threads at once. Every step takes the same time however many wait.
/// Lines are used again, so that a unit costs no allocation.
/// </remarks>
internal sealed class FairQueue
{
    private const int MaxSpare = 64;
    private const int MaxSpareLength = 256;

    private readonly Dictionary<TenantId, Queue<PendingUnit>> _lines = [];
    private readonly Queue<Queue<PendingUnit>> _turns = new();
    private readonly Stack<Queue<PendingUnit>> _spare = new();

    public bool IsEmpty => _turns.Count == 0;

    /// <summary>Adds a unit behind its tenant's others. A tenant that had none gets its turn after all others.</summary>
    public void Add(PendingUnit pending) => LineOf(pending.Unit.Tenant).Enqueue(pending);

    /// <summary>Adds units that have waited elsewhere: each before those of its tenant that were handed in after it.</summary>
    public void PutBack(IReadOnlyList<PendingUnit> units)
    {
        foreach (var own in units.GroupBy(static pending => pending.Unit.Tenant))
        {
            var line = LineOf(own.Key);
            PendingUnit[] all = [.. own.Concat(line).OrderBy(static pending => pending.Enqueued)];
            line.Clear();
            Array.ForEach(all, line.Enqueue);
        }
    }

    /// <summary>Moves units into a batch until it is full by number or bytes. A unit that is larger than a batch goes alone.</summary>
    /// <param name="batch">What is filled.</param>
    /// <param name="units">Most units of it.</param>
    /// <param name="bytes">Most bytes of it.</param>
    /// <param name="joins">Whether a unit joins the batch; one that does not is taken all the same.</param>
    public void Gather(List<PendingUnit> batch, int units, long bytes, Predicate<PendingUnit> joins)
    {
        var filled = 0L;
        while (batch.Count < units && _turns.TryPeek(out var line))
        {
            if (batch.Count > 0 && filled + line.Peek().Bytes > bytes) return;
            var pending = Take();
            if (!joins(pending)) continue;
            batch.Add(pending);
            filled += pending.Bytes;
        }
    }

    private Queue<PendingUnit> LineOf(TenantId tenant)
    {
        ref var line = ref CollectionsMarshal.GetValueRefOrAddDefault(_lines, tenant, out _);
        if (line is null) _turns.Enqueue(line = _spare.TryPop(out var spare) ? spare : new());
        return line;
    }

    private PendingUnit Take()
    {
        var line = _turns.Dequeue();
        var pending = line.Dequeue();
        if (line.Count > 0)
        {
            _turns.Enqueue(line);
            return pending;
        }

        _lines.Remove(pending.Unit.Tenant);
        if (_spare.Count < MaxSpare && line.Capacity <= MaxSpareLength) _spare.Push(line);
        return pending;
    }
}
