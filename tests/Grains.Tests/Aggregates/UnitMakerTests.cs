using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Tms.Domain.Shared;
using Tms.EventStore;
using Tms.Grains.Hosting;
using Xunit;

namespace Tms.Grains.Tests.Aggregates;

/// <summary>What is made of a decision.</summary>
public sealed class UnitMakerTests
{
    private static readonly EventType<Told> Type = EventType.Of(
        "TOLD", 1, (JsonTypeInfo<Told>)JsonSerializerOptions.Default.GetTypeInfo(typeof(Told)));

    [Fact]
    public async Task An_event_that_the_next_release_is_the_first_to_write_is_not_made()
    {
        Assert.Equal("TOLD", (await Make(Type)).Streams[0].Events[0].Type);
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => Make(Type.NotYetWritten()));
        Assert.Contains("TOLD", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<AppendUnit> Make(EventType type)
    {
        var services = new AggregateServices(null!, null!, null!, null!, null!, new EventCatalog([type]), TimeProvider.System, null!);
        return (await new UnitMaker<Told>(services, new(Guid.CreateVersion7()), new("talks", Guid.CreateVersion7())).Make(
            new([new Told("this")]), 0, Some.Context(), null)).Unit;
    }

    private sealed record Told(string Text);
}
