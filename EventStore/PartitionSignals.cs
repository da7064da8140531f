namespace Tms.EventStore;

/// <summary>Per partition: the highest position heard of, and whoever waits for a higher one.</summary>
internal sealed class PartitionSignals(TimeProvider time) : IPartitionSignals
{
    private readonly Gate[] _gates = [.. Enumerable.Range(0, TenantId.Partitions).Select(_ => new Gate())];

    /// <summary>Called with each partition and position that this process itself committed.</summary>
    public Action<int, GlobalPosition>? Committed { get; set; }

    public GlobalPosition Head(int partition) => new(_gates[partition].Head);

    public void Advance(int partition, GlobalPosition head)
    {
        Hear(partition, head);
        Committed?.Invoke(partition, head);
    }

    /// <summary>Like <see cref="Advance"/>, for what other processes committed.</summary>
    public void Hear(int partition, GlobalPosition head) => _gates[partition].Raise(head.Value);

    public async ValueTask<bool> WaitBeyond(int partition, GlobalPosition known, TimeSpan timeout, CancellationToken cancel)
    {
        var gate = _gates[partition];
        if (gate.IsBeyond(known.Value) || timeout <= TimeSpan.Zero)
        {
            return gate.IsBeyond(known.Value);
        }

        for (var started = time.GetTimestamp(); !gate.IsBeyond(known.Value);)
        {
            var left = timeout - time.GetElapsedTime(started);
            if (left <= TimeSpan.Zero || cancel.IsCancellationRequested)
            {
                return false;
            }

            await gate.Raised(known.Value).WaitAsync(left, time, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return true;
    }

    private sealed class Gate
    {
        private readonly Lock _lock = new();
        private long _head;
        private TaskCompletionSource _raised = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public long Head => Volatile.Read(ref _head);

        public bool IsBeyond(long known) => Volatile.Read(ref _head) > known;

        /// <summary>Completes when the head is raised; at once when it already is beyond.</summary>
        public Task Raised(long known)
        {
            lock (_lock)
            {
                return _head > known ? Task.CompletedTask : _raised.Task;
            }
        }

        public void Raise(long head)
        {
            TaskCompletionSource? raised = null;
            lock (_lock)
            {
                if (head > _head)
                {
                    _head = head;
                    (raised, _raised) = (_raised, new(TaskCreationOptions.RunContinuationsAsynchronously));
                }
            }

            raised?.TrySetResult();
        }
    }
}
