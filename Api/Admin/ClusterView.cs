using System.Text.Json;
using Tms.Grains.Abstractions.Cluster;

namespace Tms.Api.Admin;

/// <summary>The cluster in one look. What did not answer within 2 s is null; the rest is shown all the same.</summary>
/// <param name="ClusterId">Silos with the same id on one database are one cluster.</param>
/// <param name="ServiceId">Names what outlives a cluster: reminders and grain storage.</param>
/// <param name="AskedAt">When all this was asked, by the clock of the node that answers, UTC.</param>
/// <param name="AnsweredBy">The node that answers: an id of <paramref name="ApiNodes"/>.</param>
/// <param name="Store">The store behind all of them.</param>
/// <param name="Silos">Every silo that Orleans' membership knows, the living first.</param>
/// <param name="ApiNodes">
/// The Api processes that are up, as they told the cluster themselves. One that died is gone within 15 s; after the loss of a silo it takes
/// up to 5 s until all have told again.
/// </param>
/// <param name="Streams">How far delivery is behind the log.</param>
/// <param name="DeadLetters">Events that reactors gave up on and nobody has handled yet, of all companies.</param>
/// <param name="ProjectionsBehind">Tables that queries read with rows behind their log; empty but for upgrades.</param>
public sealed record ClusterView(
    string ClusterId,
    string ServiceId,
    DateTimeOffset AskedAt,
    Guid AnsweredBy,
    StoreView Store,
    IReadOnlyList<SiloView>? Silos,
    IReadOnlyList<ApiNodeView>? ApiNodes,
    StreamsView? Streams,
    long? DeadLetters,
    IReadOnlyList<BehindView>? ProjectionsBehind);

/// <summary>The store.</summary>
/// <param name="Kind">postgres or sqlite.</param>
/// <param name="Answers">Whether it answered this node within 2 s.</param>
/// <param name="Version">Its server's version.</param>
/// <param name="Epoch">Which history positions count: another one after a restore.</param>
/// <param name="AnsweredInMs">How long its answer took, milliseconds.</param>
public sealed record StoreView(string Kind, bool Answers, string? Version = null, Guid? Epoch = null, long? AnsweredInMs = null);

/// <summary>One start of a silo.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Host">Name of its machine.</param>
/// <param name="Address">Address and port for other silos, and after @ which start it is.</param>
/// <param name="Status">
/// What the other silos hold it for: created, joining, active, shutting_down, stopping, dead. One that died is active for some seconds yet.
/// </param>
/// <param name="StartedAt">When it started, UTC.</param>
/// <param name="AliveAt">When it last noted in the store that it is alive, UTC; every 5 s (30 s on SQLite).</param>
/// <param name="Answers">Whether it answered within 2 s. Only active ones are asked; what follows is null where this is false.</param>
/// <param name="Version">Its build.</param>
/// <param name="Activations">Grains in its memory.</param>
/// <param name="CpuPercent">How busy all processors of its machine or container are, 0 … 100.</param>
/// <param name="MemoryBytes">What the process has of the machine's memory, bytes.</param>
/// <param name="AvailableMemoryBytes">What it may still get, bytes.</param>
/// <param name="Overloaded">Whether it turns calls away because it is too busy.</param>
/// <param name="Clients">Api processes without a silo of their own that are connected to it.</param>
public sealed record SiloView(
    string Name,
    string Host,
    string Address,
    string Status,
    DateTimeOffset StartedAt,
    DateTimeOffset AliveAt,
    bool Answers,
    string? Version,
    int? Activations,
    decimal? CpuPercent,
    long? MemoryBytes,
    long? AvailableMemoryBytes,
    bool? Overloaded,
    long? Clients)
{
    internal static SiloView Of(SiloMember silo, SiloReport? report) => new(
        silo.Name, silo.Host, silo.Address.ToParsableString(), JsonNamingPolicy.SnakeCaseLower.ConvertName(silo.Status.ToString()),
        silo.StartedAt, silo.AliveAt,
        report is not null, report?.Version, report?.Activations, report?.CpuPercent, report?.MemoryBytes, report?.AvailableMemoryBytes,
        report?.Overloaded, report?.Clients);
}

/// <summary>An Api process.</summary>
/// <param name="Id">Made at its start.</param>
/// <param name="Host">Name of its machine.</param>
/// <param name="ProcessId">Id of the process there.</param>
/// <param name="Addresses">What it listens on.</param>
/// <param name="Version">Its build.</param>
/// <param name="StartedAt">When it began to serve, UTC.</param>
/// <param name="HeardAt">When it last told of itself, UTC; every 5 s.</param>
/// <param name="Silo">Address of the silo inside it; null: it is a client of silos elsewhere.</param>
/// <param name="LiveConnections">Connections to its live hub.</param>
public sealed record ApiNodeView(
    Guid Id, string Host, int ProcessId, IReadOnlyList<string> Addresses, string Version, DateTimeOffset StartedAt, DateTimeOffset HeardAt,
    string? Silo, long LiveConnections)
{
    internal static ApiNodeView Of(ApiNodeHeard heard) => new(
        heard.Node.Id, heard.Node.Host, heard.Node.ProcessId, heard.Node.Addresses, heard.Node.Version, heard.Node.StartedAt, heard.At,
        heard.Node.Silo?.ToParsableString(), heard.Node.LiveConnections);
}

/// <summary>How far delivery is behind the log.</summary>
/// <param name="Behind">
/// Of the partition that is furthest behind: positions of the whole store between what was delivered and the partition's end. Checkpoints
/// are saved each second: after a commit it is above 0 for seconds, at rest it is 0.
/// </param>
/// <param name="Partitions">The partitions that are behind.</param>
public sealed record StreamsView(long Behind, IReadOnlyList<PartitionView> Partitions);

/// <summary>A partition of the log whose end was not delivered yet.</summary>
/// <param name="Partition">Its number, 0 … 31.</param>
/// <param name="Checkpoint">Position in the store up to which all was delivered.</param>
/// <param name="Head">Position of its last event.</param>
/// <param name="Behind">Positions between the two.</param>
public sealed record PartitionView(int Partition, long Checkpoint, long Head, long Behind);

/// <summary>A table whose rows are behind.</summary>
/// <param name="Name">SQL name.</param>
/// <param name="Behind">How many companies' rows.</param>
public sealed record BehindView(string Name, int Behind);
