namespace Tms.EventStore;

/// <summary>Per partition: the highest position heard of, and whoever waits for a higher one.</summary>
internal sealed class PartitionSignals(TimeProvider time) : IPartitionSignals
{
    private readonly Gate[] _gates = [.. Enumerable.Range(0, TenantId.Partitions).Select(_ => new Gate())];

    /// <summary>Called with each partition and position that this process itself committed.</summary>
    public Action<int, GlobalPosition>? Committed { get; set; }

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

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await using var timer = time.CreateTimer(static s => ((CancellationTokenSource)s!).Cancel(), limit, timeout, Timeout.InfiniteTimeSpan);
        while (!gate.IsBeyond(known.Value) && !limit.IsCancellationRequested)
        {
            var raised = gate.Raised(known.Value);
            await Task.WhenAny(raised, Cancelled(limit.Token)).ConfigureAwait(false);
        }

        return gate.IsBeyond(known.Value);
    }

    private static Task Cancelled(CancellationToken token)
    {
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        token.UnsafeRegister(static s => ((TaskCompletionSource)s!).TrySetResult(), source);
        return source.Task;
    }

    private sealed class Gate
    {
        private readonly Lock _lock = new();
        private long _head;
        private TaskCompletionSource _raised = new(TaskCreationOptions.RunContinuationsAsynchronously);

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
