using Tms.Domain.Invoices;
using Tms.EventStore;
using Tms.Grains.Abstractions.Invoices;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Hosting;
using Tms.Testing;
using Xunit;

namespace Tms.Grains.Tests.Aggregates;

/// <summary>A long stream loads from a snapshot and the events after it.</summary>
public sealed class SnapshotTests(SqliteAggregates cluster) : IClassFixture<SqliteAggregates>
{
    [Fact]
    public async Task A_draft_updated_a_thousand_times_loads_from_a_snapshot_and_the_tail()
    {
        var company = await cluster.Company().Registered();
        var invoice = await company.Draft();
        await Update(invoice, 1000);
        var before = TestCompany.Json(await invoice.Get());
        var snapshots = SnapshotsOf(invoice);

        await cluster.Deactivate(invoice);
        var after = TestCompany.Json(await invoice.Get());

        var (_, from, tail) = cluster.Reader.Loads.Last(l => l.Stream == TestCompany.IdOf(invoice));
        Assert.Equal((1001, true), (from + tail, from >= 800));
        Assert.Equal(snapshots[^1].Version.Value, from);
        Assert.Equal(before, after);
        Assert.Equal(await company.Folded(invoice), after);
        Assert.Equal([100, 200, 300, 400, 500, 600, 700, 800, 900, 1000], snapshots.Select(s => s.Version.Value));
        await TestCompany.Done(invoice.Execute(new SendInvoice(), Some.Context()));
        Assert.Equal(await company.Folded(invoice), TestCompany.Json(await invoice.Get()));
    }

    [Fact]
    public async Task A_snapshot_that_did_not_get_in_rides_with_the_next_unit()
    {
        var company = await cluster.Company().Registered();
        var invoice = await company.Draft();
        await Update(invoice, 98);
        await TestCompany.Done(invoice.Execute(Some.Update("keyed"), Some.Keyed("a")));
        Assert.Equal(OutcomeKind.KeyReused, (await invoice.Execute(Some.Update("other"), Some.Keyed("a", says: "that"))).Kind);

        await TestCompany.Done(invoice.Execute(Some.Update("next"), Some.Context()));

        await cluster.Deactivate(invoice);
        Assert.Equal(101, (await invoice.Get())!.Version);
        var (_, from, tail) = cluster.Reader.Loads.Last(l => l.Stream == TestCompany.IdOf(invoice));
        Assert.Equal((100, 1), (from, tail));
    }

    [Fact]
    public async Task A_snapshot_of_state_that_is_behind_the_log_is_never_stored()
    {
        var company = await cluster.Company().Registered();
        var invoice = await company.Draft();
        await Update(invoice, 99);
        await company.ForeignUpdate(invoice, "theirs");

        Assert.Equal(OutcomeKind.Conflict, (await invoice.Execute(Some.Update("mine"), Some.Context())).Kind);

        Assert.Equal("theirs", (await invoice.Get())!.Note);
        Assert.Equal(
            (0, 101), cluster.Reader.Loads.Where(l => l.Stream == TestCompany.IdOf(invoice)).Select(l => (l.Snapshot, l.Events)).Last());
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"version\":")]
    public async Task A_snapshot_that_cannot_be_read_is_passed_over_and_replaced(string bytes)
    {
        var company = await cluster.Company().Registered();
        var invoice = await company.Draft();
        await Update(invoice, 150);
        var before = TestCompany.Json(await invoice.Get());
        Assert.Single(SnapshotsOf(invoice));
        cluster.Reader.Spoiled[TestCompany.IdOf(invoice)] = (0, System.Text.Encoding.UTF8.GetBytes(bytes));

        await cluster.Deactivate(invoice);
        Assert.Equal(before, TestCompany.Json(await invoice.Get()));
        await Update(invoice, 1);
        Assert.Equal([100, 151], SnapshotsOf(invoice).Select(s => s.Version.Value));
    }

    /// <summary>A state that grows with its stream: the bytes of its snapshots stay in proportion to the stream's own.</summary>
    [Theory]
    [InlineData(1_000, 1)]
    [InlineData(10_000, 1)]
    [InlineData(10_000, 200)]
    [InlineData(100_000, 200)]
    public void Snapshots_are_spaced_so_that_their_bytes_grow_no_faster_than_the_stream(int events, int bytesPerEvent)
    {
        var (written, longest) = Spacing(events, version => version * bytesPerEvent);
        Assert.InRange(written, 1, events * (64L + (10L * bytesPerEvent)));
        Assert.InRange(longest, 100, Math.Max(101, (events / 8) + 1));
    }

    [Theory]
    [InlineData(10_000)]
    [InlineData(1_000_000)]
    public void A_state_that_stays_small_is_never_far_behind(int events) => Assert.Equal(100, Spacing(events, _ => 1_111).Longest);

    /// <summary>
    /// What stays is in proportion to the stream too, and never farther apart than some 250 events as long as the state is small.
    /// </summary>
    [Theory]
    [InlineData(200_000, 0, 300)]
    [InlineData(200_000, 1, 3_200)]
    [InlineData(200_000, 200, 150_000)]
    public void Snapshots_that_stay_take_a_bounded_part_of_the_stream(int events, int bytesPerEvent, int farthest)
    {
        var (last, kept, keptBytes, apart) = (default(SnapshotMark), 0, 0L, 0);
        for (var version = 1; version <= events; version++)
        {
            if (!Snapshots.Due(version, last)) continue;
            var bytes = 1_000 + (version * bytesPerEvent);
            if (Snapshots.Stays(version, bytes, last))
                (kept, keptBytes, apart) = (version, keptBytes + bytes, Math.Max(apart, version - kept));
            last = new(version, bytes);
        }

        Assert.InRange(keptBytes, 1, (events * 128L) + (2L * bytesPerEvent * events));
        Assert.InRange(Math.Max(apart, events - kept), 250, farthest);
    }

    private static (long Written, int Longest) Spacing(int events, Func<int, int> bytes)
    {
        var (last, written, longest) = (default(SnapshotMark), 0L, 0);
        for (var version = 1; version <= events; version++)
        {
            longest = Math.Max(longest, version - last.Version);
            if (!Snapshots.Due(version, last)) continue;
            last = new(version, bytes(version));
            written += last.Bytes;
        }

        return (written, longest);
    }

    private static async Task Update(IInvoiceGrain invoice, int times)
    {
        for (var n = 0; n < times; n += 50)
        {
            var outcomes = await Task.WhenAll(Enumerable.Range(n, Math.Min(50, times - n))
                .Select(i => invoice.Execute(Some.Update($"note {i}"), Some.Context()))).Within(TestCompany.Limit);
            Assert.All(outcomes, o => Assert.Equal(OutcomeKind.Done, o.Kind));
        }
    }

    private Snapshot[] SnapshotsOf(IInvoiceGrain invoice) =>
        [.. cluster.Writer.Units.Where(u => u.Streams[0].Stream.Id == TestCompany.IdOf(invoice)).Select(u => u.Snapshot)
            .OfType<Snapshot>()];
}
