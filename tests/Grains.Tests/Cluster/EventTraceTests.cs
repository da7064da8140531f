using System.Diagnostics;
using Tms.Domain.Shared;
using Tms.Grains.Abstractions.Shared;
using Xunit;

namespace Tms.Grains.Tests.Cluster;

public sealed class EventTraceTests : IDisposable
{
    private const string Cause = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private readonly ActivitySource _source = new(Guid.NewGuid().ToString());

    [Fact]
    public void While_nobody_listens_there_is_no_span_and_nothing_is_allocated()
    {
        var e = Event(Cause);
        Assert.Null(_source.Continue("deliver", e));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) _source.Continue("deliver", e);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_span_goes_on_with_the_trace_that_the_event_came_of()
    {
        using var listener = Listen();
        using var other = new Activity("something else").Start();
        using var span = _source.Continue("deliver", Event(Cause));
        Assert.Equal(
            ("deliver INVOICE_SENT", "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"),
            (span!.DisplayName, span.TraceId.ToHexString(), span.ParentSpanId.ToHexString()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("00-trace")]
    public void An_event_without_a_trace_begins_none(string? cause)
    {
        using var listener = Listen();
        Assert.Null(_source.Continue("deliver", Event(cause)));
    }

    public void Dispose() => _source.Dispose();

    private ActivityListener Listen()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source == _source,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static DeliveredEvent Event(string? cause) => new(
        Guid.CreateVersion7(), 1, "invoices", Guid.CreateVersion7(), 1, Guid.CreateVersion7(), "INVOICE_SENT", 1, 1_700_000_000_000_000,
        default,
        new EventMetadata("user", "correlation", Guid.CreateVersion7(), TraceParent: cause).Encode());
}
