using Tms.EventStore.Blobs;

namespace Tms.EventStore;

/// <summary>What is appended, all or nothing: one tenant (plus at most the platform), one or more streams.</summary>
/// <remarks>
/// Appending a unit whose events are already in the log (same ids at the same versions) succeeds and adds nothing,
/// so a caller whose reply was lost may send the same unit again.
/// </remarks>
public sealed record AppendUnit
{
    /// <summary>The company, or the platform.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The streams, each with its expected version. One that has moved on is a conflict of the whole unit.</summary>
    public required IReadOnlyList<StreamAppend> Streams { get; init; }

    /// <summary>Actor, correlation and causation of the events: stored, hashed and returned byte for byte.</summary>
    public required ReadOnlyMemory<byte> Metadata { get; init; }

    /// <summary>Makes the command happen once: a second unit with this key gets <see cref="AppendResult.KeyTaken"/>.</summary>
    public CommandKey? Key { get; init; }

    /// <summary>Numbers drawn inside the append: they exist if and only if the events do.</summary>
    public NumberDraw? Draw { get; init; }

    /// <summary>Values that may exist once in the whole system (an e-mail address).</summary>
    public IReadOnlyList<Reservation> Reservations { get; init; } = [];

    /// <summary>
    /// Values that their owners give up: anybody may reserve them from then on. What is held by another owner, or by nobody, stays as it
    /// is.
    /// </summary>
    public IReadOnlyList<Reservation> Releases { get; init; } = [];

    /// <summary>Password hashes, token hashes, wrapped keys: never in events, but committed with them.</summary>
    public IReadOnlyList<Secret> Secrets { get; init; } = [];

    /// <summary>Files that the events name, or name no longer. The files are stored before.</summary>
    public IReadOnlyList<BlobUse> Blobs { get; init; } = [];

    /// <summary>A snapshot of what was durable before this unit; it rides along and costs no transaction of its own.</summary>
    public Snapshot? Snapshot { get; init; }

    /// <summary>A reactor's cursor, moved together with the effect that this unit is.</summary>
    public ReactorCursor? Cursor { get; init; }
}

/// <summary>New events of one stream; without any, the unit only rests on the stream being at that version.</summary>
/// <param name="Tenant">The unit's tenant, or <see cref="TenantId.Platform"/>.</param>
/// <param name="Stream">Which stream.</param>
/// <param name="Expected">The version that the events follow directly; any other version is a conflict.</param>
/// <param name="Events">
/// In order; the first stream of a unit has at least one. In a unit with a <see cref="NumberDraw"/> they have no data yet.
/// </param>
public sealed record StreamAppend(TenantId Tenant, StreamName Stream, StreamVersion Expected, IReadOnlyList<EventData> Events)
{
    /// <summary>The stream's version right after the unit.</summary>
    public StreamVersion Last => new(Expected.Value + Events.Count);
}

/// <summary>One event as it is to be stored.</summary>
/// <param name="Id">Unique; derived from the command's id, so that a repeated append is recognised.</param>
/// <param name="Type">Stable name, e.g. <c>INVOICE_SENT</c>.</param>
/// <param name="SchemaVersion">Version of the data's shape, from 1.</param>
/// <param name="Data">JSON, stored and hashed byte for byte.</param>
/// <param name="Value">The event that <paramref name="Data"/> was made of, so that projections need not parse it again.</param>
public sealed record EventData(Guid Id, string Type, int SchemaVersion, ReadOnlyMemory<byte> Data, object? Value = null)
{
    /// <summary>
    /// Persons whom the event names as those of whom it tells, each once: by them it is found for an export or an erasure.
    /// </summary>
    public IReadOnlyList<Guid> About { get; init; } = [];
}

/// <summary>Identifies a command across repeats.</summary>
/// <param name="Hash">SHA-256 over scope and key, 32 bytes: unique per tenant.</param>
/// <param name="Fingerprint">SHA-256 over what the command says, 32 bytes: tells a repeat from a reused key.</param>
public sealed record CommandKey(byte[] Hash, byte[] Fingerprint);

/// <summary>Numbers of series without gaps (1, 2, 3 …) per tenant, given out in commit order.</summary>
/// <param name="Series">Names of the series, e.g. <c>invoices</c>; one that is named twice gives two numbers.</param>
/// <param name="Complete">
/// Makes all events of the unit from the numbers: stream by stream, with the ids that the unit names. Pure; may be called more than once.
/// Called first by whoever appends, with the number 1 of each series: the size of what comes out is the unit's size.
/// </param>
public sealed record NumberDraw(IReadOnlyList<string> Series, Func<IReadOnlyList<long>, IReadOnlyList<EventData>> Complete);

/// <summary>A value that one owner holds in the whole system.</summary>
/// <param name="Scope">Kind of value, e.g. <c>email</c>.</param>
/// <param name="Value">The normalised value.</param>
/// <param name="Tenant">The owner's tenant.</param>
/// <param name="Owner">The owner's id.</param>
public sealed record Reservation(string Scope, string Value, TenantId Tenant, Guid Owner);

/// <summary>A private value beside the log; the last one written wins.</summary>
/// <param name="Tenant">The owner's tenant.</param>
/// <param name="Subject">Whose it is.</param>
/// <param name="Kind">What it is, e.g. <c>password</c>.</param>
/// <param name="Value">Opaque bytes; null removes it.</param>
public sealed record Secret(TenantId Tenant, Guid Subject, string Kind, byte[]? Value);

/// <summary>A stream's folded state.</summary>
/// <param name="Tenant">Whose stream.</param>
/// <param name="Stream">Which stream.</param>
/// <param name="Version">The version that was folded.</param>
/// <param name="Schema">Version of the state's shape; a reader that knows another one ignores the snapshot.</param>
/// <param name="State">Opaque bytes.</param>
public sealed record Snapshot(TenantId Tenant, StreamName Stream, StreamVersion Version, int Schema, byte[] State)
{
    /// <summary>Whether it is kept when newer ones come, as long as the shape is the same; else the next one takes its place.</summary>
    public bool Stays { get; init; }
}

/// <summary>How far a reactor has handled a tenant's log.</summary>
/// <param name="Reactor">Name of the cursor: <see cref="ReactorSet.Cursor"/>.</param>
/// <param name="Tenant">Whose log.</param>
/// <param name="Sequence">The last sequence handled.</param>
public sealed record ReactorCursor(string Reactor, TenantId Tenant, CompanySequence Sequence);
