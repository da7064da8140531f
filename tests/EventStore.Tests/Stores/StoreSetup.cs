using Tms.EventStore.Blobs;
using Tms.Testing.Logging;

namespace Tms.EventStore.Tests.Stores;

/// <summary>What a test gives to a store: by default the system's clock and the projections of the tests.</summary>
public sealed record StoreSetup
{
    public TimeProvider Time { get; init; } = TimeProvider.System;

    public IReadOnlyList<IInlineProjection> Projections { get; init; } = [new TotalsProjection(), new FirstsProjection()];

    public IReadOnlyList<IInlineEntries> Entries { get; init; } = [new WordEntries()];

    public IReadOnlyList<IInlineParts> Parts { get; init; } = [];

    public IReadOnlyList<IInlineTallies> Tallies { get; init; } = [];

    /// <summary>Puts something between the store and who reads its log.</summary>
    public Func<IEventReader, IEventReader> Reader { get; init; } = static reader => reader;

    /// <summary>Whether it also looks after companies that nobody appends to.</summary>
    public bool Keeper { get; init; }

    /// <summary>What the store writes into the log of the process.</summary>
    public HeardLog Heard { get; init; } = new();

    /// <summary>Changes the store's settings.</summary>
    public Action<EventStoreOptions> Options { get; init; } = static _ => { };

    /// <summary>Changes the settings of files.</summary>
    public Action<BlobOptions> Blobs { get; init; } = static _ => { };
}
