using System.Globalization;
using Tms.Domain.Access;
using Tms.Domain.Shared;
using Xunit;

namespace Tms.Domain.Tests.Shared;

/// <summary>
/// A list for each release: the event types of each kind of streams, and the newest schema version that it read. The last list is of the
/// release that runs while this one is rolled out. A release adds its own list; none is ever changed.
/// </summary>
public sealed class ReleaseTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "RecordedReleases");

    private static readonly IReadOnlyList<Line> Today = [
        .. TmsAggregates.All.SelectMany(a => a.Events.Select(e => Of(a.Name, e))),
        .. AccessEventTypes.All.Select(e => Of(AccessEventTypes.Stream, e))];

    public static TheoryData<string> Releases =>
        [.. Directory.GetFiles(Folder).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    [Fact]
    public void Nothing_is_written_that_the_last_release_cannot_read() =>
        Assert.Empty(Forbidden(Today, Read(Releases.Select(r => r.Data).Last())));

    [Theory]
    [MemberData(nameof(Releases))]
    public void What_a_release_could_read_is_read_ever_after(string release) =>
        Assert.All(
            Read(release),
            line => Assert.True(
                TmsEvents.Catalog.Find(line.Type)?.Reads >= line.Reads, $"{line.Type} of version {line.Reads} is in logs."));

    [Fact]
    public void A_new_type_of_an_aggregate_that_runs_is_forbidden_until_a_release_has_read_it()
    {
        Line[] last = [new("invoices", "INVOICE_CREATED", 1, 1)];
        Line created = new("invoices", "INVOICE_CREATED", 1, 1), tomorrow = new("invoices", "INVOICE_OF_TOMORROW", 1, 1);
        Assert.Equal([tomorrow], Forbidden([created, tomorrow], last));
        Assert.Empty(Forbidden([created, tomorrow with { Writes = 0 }], last));
        Assert.Empty(Forbidden([created, tomorrow], [.. last, tomorrow with { Writes = 0 }]));
    }

    [Fact]
    public void A_new_shape_is_forbidden_until_a_release_has_read_it()
    {
        Line[] last = [new("invoices", "INVOICE_CREATED", 1, 1)];
        Line next = new("invoices", "INVOICE_CREATED", 2, 2);
        Assert.Equal([next], Forbidden([next], last));
        Assert.Empty(Forbidden([next], [last[0] with { Reads = 2 }]));
    }

    [Fact]
    public void A_new_kind_of_aggregate_may_be_written_at_once_for_no_older_program_hosts_it() =>
        Assert.Empty(Forbidden([new("boats", "BOAT_SOLD", 1, 1)], [new("invoices", "INVOICE_CREATED", 1, 1)]));

    private static IEnumerable<Line> Forbidden(IEnumerable<Line> today, IReadOnlyCollection<Line> last)
    {
        var reads = last.ToDictionary(line => line.Type, line => line.Reads);
        var hosted = last.Select(line => line.Streams).ToHashSet();
        return today.Where(line => hosted.Contains(line.Streams) && line.Writes > reads.GetValueOrDefault(line.Type));
    }

    private static Line Of(string streams, EventType type) => new(streams, type.Name, type.IsWritten ? type.SchemaVersion : 0, type.Reads);

    private static IReadOnlyList<Line> Read(string release) =>
        [.. File.ReadLines(Path.Combine(Folder, release)).Select(line => line.Split(' '))
            .Select(words => new Line(words[0], words[1], 0, int.Parse(words[2], CultureInfo.InvariantCulture)))];

    /// <param name="Streams">Kind of the streams.</param>
    /// <param name="Type">Stable name of the event type.</param>
    /// <param name="Writes">Schema version that is written; 0: the type is not written yet.</param>
    /// <param name="Reads">Newest schema version that is read.</param>
    private sealed record Line(string Streams, string Type, int Writes, int Reads);
}
