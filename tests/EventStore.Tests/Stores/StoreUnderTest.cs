using Microsoft.Extensions.Hosting;
using Tms.EventStore.Blobs;
using Tms.EventStore.Persons;
using Tms.EventStore.Postgres;
using Tms.EventStore.Rebuild;

namespace Tms.EventStore.Tests.Stores;

/// <summary>A running store. Nothing that is asked of it here can hang a test.</summary>
public sealed class StoreUnderTest(IServiceProvider parts, Func<Task> stop) : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly IHostApplicationLifetime _process = Part<IHostApplicationLifetime>(parts);

    public IEventWriter Writer { get; } = Part<IEventWriter>(parts);

    public IEventReader Reader { get; } = Part<IEventReader>(parts);

    public IPartitionSignals Signals { get; } = Part<IPartitionSignals>(parts);

    public IDatabase Database { get; } = Part<IDatabase>(parts);

    public ICheckpoints Checkpoints { get; } = Part<ICheckpoints>(parts);

    public ITurns Turns { get; } = Part<ITurns>(parts);

    public IReactorCursors Cursors { get; } = Part<IReactorCursors>(parts);

    public IReactorEvents ReactorEvents { get; } = Part<IReactorEvents>(parts);

    public IEventSearch Search { get; } = Part<IEventSearch>(parts);

    public IStreamFinder Finder { get; } = Part<IStreamFinder>(parts);

    public IReadModels ReadModels { get; } = Part<IReadModels>(parts);

    public IEventOpener Opener { get; } = Part<IEventOpener>(parts);

    public IPersonTraces Traces { get; } = Part<IPersonTraces>(parts);

    public PersonKeys Persons { get; } = Part<PersonKeys>(parts);

    public IBlobStore Blobs { get; } = Part<IBlobStore>(parts);

    public IUnnamedBlobs Unnamed { get; } = Part<IUnnamedBlobs>(parts);

    /// <summary>Fires when the process is to end.</summary>
    public CancellationToken Ending => _process.ApplicationStopping;

    /// <summary>What is known of the process' clock; null where the database is a file.</summary>
    internal StoreClock? Clock { get; } = (StoreClock?)parts.GetService(typeof(StoreClock));

    internal IRebuildStore Rebuilds { get; } = Part<IRebuildStore>(parts);

    internal StreamRefold Refolds { get; } = Part<StreamRefold>(parts);

    internal WalkParts Walks { get; } = Part<WalkParts>(parts);

    internal StoreHistory History { get; } = Part<StoreHistory>(parts);

    private IKeyStore KeyStore { get; } = Part<IKeyStore>(parts);

    /// <summary>Returns when the process is told to end.</summary>
    public async Task Ends()
    {
        var ending = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var told = Ending.Register(ending.SetResult);
        await ending.Task.WaitAsync(Limit);
    }

    /// <summary>Tells the process to end. It goes on until it is disposed, as one whose end takes long.</summary>
    public void BeginStop() => _process.StopApplication();

    public Task<AppendResult> Append(AppendUnit unit) => Writer.Append(unit).WaitAsync(Limit);

    public Task<AppendResult> AppendUnless(AppendUnit unit, CancellationToken cancel) =>
        Writer.Append(unit, cancel).WaitAsync(Limit, CancellationToken.None);

    public async Task<AppendResult.Appended> Appended(AppendUnit unit) => Assert.IsType<AppendResult.Appended>(await Append(unit));

    /// <summary>Appends all at once; the results in the order of the units.</summary>
    public Task<AppendResult[]> AppendAll(IEnumerable<AppendUnit> units) =>
        Task.WhenAll(units.Select(unit => Task.Run(() => Append(unit)))).WaitAsync(Limit);

    public Task<IReadOnlyList<RecordedEvent>> Stream(TenantId tenant, StreamName stream, int after = 0, int limit = 10_000) =>
        Reader.ReadStream(tenant, stream, new(after), limit).WaitAsync(Limit);

    public Task<StreamVersion> Version(TenantId tenant, StreamName stream) => Reader.Version(tenant, stream).WaitAsync(Limit);

    public Task<IReadOnlyList<RecordedEvent>> Company(TenantId tenant, long after = 0, int limit = 10_000) =>
        Reader.ReadCompany(tenant, new(after), limit).WaitAsync(Limit);

    public Task<IReadOnlyList<RecordedEvent>> Partition(int partition, GlobalPosition after = default, int limit = 10_000) =>
        Reader.ReadPartition(partition, after, limit).WaitAsync(Limit);

    public Task<LoadedStream> Load(TenantId tenant, StreamName stream, int schema = 1) =>
        Reader.Load(tenant, stream, schema).WaitAsync(Limit);

    public Task<Snapshot?> FindSnapshot(TenantId tenant, StreamName stream, int upTo, int schema = 1) =>
        Reader.FindSnapshot(tenant, stream, schema, new(upTo)).WaitAsync(Limit);

    public Task<TenantHead> Head(TenantId tenant) => Reader.Head(tenant).WaitAsync(Limit);

    public Task<IReadOnlyDictionary<TenantId, TenantHead>> HeadsOf(params TenantId[] tenants) => Reader.Heads(tenants).WaitAsync(Limit);

    public Task<IReadOnlyDictionary<int, GlobalPosition>> Heads() => Reader.PartitionHeads().WaitAsync(Limit);

    public Task<CommandRecord?> FindCommand(TenantId tenant, CommandKey key) => Reader.FindCommand(tenant, key.Hash).WaitAsync(Limit);

    public Task<StreamVersion?> FindEvent(TenantId tenant, StreamName stream, Guid id) =>
        Reader.FindEvent(tenant, stream, id).WaitAsync(Limit);

    public Task<Reservation?> FindReservation(string scope, string value) => Reader.FindReservation(scope, value).WaitAsync(Limit);

    public Task<byte[]?> FindSecret(TenantId tenant, Guid subject, string kind) =>
        Reader.FindSecret(tenant, subject, kind).WaitAsync(Limit);

    public Task<Guid> Epoch() => Reader.Epoch().WaitAsync(Limit);

    public Task<bool> WaitBeyond(int partition, GlobalPosition known, TimeSpan timeout) =>
        WaitBeyondUnless(partition, known, timeout, CancellationToken.None);

    public Task<bool> WaitBeyondUnless(int partition, GlobalPosition known, TimeSpan timeout, CancellationToken cancel) =>
        Signals.WaitBeyond(partition, known, timeout, cancel).AsTask().WaitAsync(Limit, CancellationToken.None);

    public Task<IReadOnlyList<StoredKey>> Keys(string purpose) => KeyStore.All(purpose).WaitAsync(Limit);

    public Task<bool> AddKey(StoredKey key, bool onlyFirst) => KeyStore.Add(key, onlyFirst).WaitAsync(Limit);

    public Task<DateTimeOffset?> WithdrawKey(string purpose, string id, DateTimeOffset at) =>
        KeyStore.Withdraw(purpose, id, at).WaitAsync(Limit);

    public Task<bool> AddKeyAfter(StoredKey key, string newest) => KeyStore.AddAfter(key, newest).WaitAsync(Limit);

    public async ValueTask DisposeAsync() => await stop().WaitAsync(Limit);

    private static T Part<T>(IServiceProvider parts) =>
        (T)(parts.GetService(typeof(T)) ?? throw new InvalidOperationException($"The store has no {typeof(T).Name}."));
}
