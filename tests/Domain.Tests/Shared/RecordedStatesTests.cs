using System.Text.Json;
using Tms.Domain.Shared;
using Xunit;

namespace Tms.Domain.Tests.Shared;

/// <summary>The folder of states as snapshots and rows hold them, one a line: it only grows.</summary>
public sealed class RecordedStatesTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "RecordedStates");

    public static TheoryData<string> Names => [.. TmsAggregates.All.Select(a => a.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_recorded_state_is_read_and_says_the_same_today(string name)
    {
        var json = TmsAggregates.All.Single(a => a.Name == name).StateJson;
        var lines = File.ReadAllLines(Path.Combine(Folder, $"{name}.jsonl"));
        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.True(Same(line, JsonSerializer.Serialize(JsonSerializer.Deserialize(line, json), json)), line));
    }

    // Members may change places.
    private static bool Same(string before, string now)
    {
        using var was = JsonDocument.Parse(before);
        using var @is = JsonDocument.Parse(now);
        return JsonElement.DeepEquals(was.RootElement, @is.RootElement);
    }
}
