using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Tms.Domain.Customers;
using Tms.Domain.Shared;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Hosting;

namespace Tms.Grains.Tests.Aggregates;

/// <summary>An aggregate whose every event names a picture.</summary>
public interface IAlbumGrain : IAggregateGrain<AddPicture, AlbumView>;

/// <summary>Adds a picture, or takes it out.</summary>
[GenerateSerializer, Immutable]
public sealed record AddPicture([property: Id(0)] string Hash, [property: Id(1)] bool TakeOut = false);

[GenerateSerializer, Immutable]
public sealed record AlbumView([property: Id(0)] int Version);

public sealed record Album(int Version = 0);

[GrainType("album")]
internal sealed class AlbumGrain(
    AggregateServices services) : DeciderGrain<Album, AddPicture, CustomerEvent, AlbumView>(AlbumDecider.Instance, services), IAlbumGrain
{
    protected override AlbumView View(Album state) => new(state.Version);
}

internal sealed class AlbumDecider : IDecider<Album, AddPicture, CustomerEvent>
{
    public static readonly AlbumDecider Instance = new();

    public string StreamType => "albums";

    public Album Initial { get; } = new();

    public int SnapshotSchema => 1;

    public JsonTypeInfo<Album> SnapshotJson { get; } = (JsonTypeInfo<Album>)JsonSerializerOptions.Default.GetTypeInfo(typeof(Album));

    public Decision<CustomerEvent> Decide(Album state, AddPicture command, DateTimeOffset now) =>
        new Decision<CustomerEvent>.Accepted([new CustomerArchived(1, command.Hash)])
        {
            Files = [new(command.Hash, Ends: command.TakeOut)],
        };

    public Album Evolve(Album state, CustomerEvent e, EventFacts facts) => new(facts.Version);
}
