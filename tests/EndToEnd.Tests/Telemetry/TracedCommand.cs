using Tms.EndToEnd.Tests.Hosting;
using Tms.Testing.Live;

namespace Tms.EndToEnd.Tests.Telemetry;

/// <summary>A command that a client traces, watched from its request to the hub.</summary>
internal static class TracedCommand
{
    private const string Caller = "00f067aa0ba902b7";

    /// <summary>
    /// Makes an invoice under a trace of the client's, and checks that everything it caused is in that trace, by whom it should be.
    /// </summary>
    public static async Task IsOneTrace(ApiProcess node, Collector collector, string silo)
    {
        var company = await Companies.Register(new Client(() => node.Http));
        await using var live = await LiveClient.Connect(node.Http, company.Lead.Token);
        var trace = Guid.NewGuid().ToString("N");

        (await company.Lead.Post("/api/v2/economy/invoices", Some.Invoice(), ("traceparent", $"00-{trace}-{Caller}-01"))).Expect(201);
        await live.Until(all => all.Any(r => r.Target == "event" && r.Payload.GetProperty("type").GetString() == "INVOICE_CREATED"));
        var spans = await collector.Trace(trace, IsWhole);

        var request = Of(spans, "Microsoft.AspNetCore", "", "tms-api");
        var append = Of(spans, "Tms.EventStore", "append", silo);
        var deliver = Of(spans, "Tms.Streams", "deliver INVOICE_CREATED", silo);
        var bridge = Of(spans, "Tms.Live", "bridge INVOICE_CREATED", "tms-api");
        Assert.Equal(Caller, request.Parent);
        Assert.Contains(spans, s => s.Source == "Microsoft.Orleans.Application" && s.Service.Name == silo && IsAbove(s, append, spans));
        Assert.Equal((request.Id, request.Id), (deliver.Parent, bridge.Parent));
        Assert.Equal(bridge.Id, Of(spans, "Tms.Live", "send", "tms-api").Parent);
        Assert.All(spans, s => Assert.True(IsAbove(request, s, spans), $"'{s.Name}' hangs on nothing"));
        await SharesItsCommit(append, collector);
        Assert.All(spans, s => Assert.True(Guid.TryParse(s.Service.Instance, out _)));
    }

    // Each process sends its spans when it likes: a span may be here long before the one that it hangs on.
    private static bool IsWhole(Span[] spans) =>
        Array.Find(spans, s => s.Parent == Caller) is { } request && Array.TrueForAll(spans, s => IsAbove(request, s, spans))
        && Array.TrueForAll(
            ["append", "deliver", "bridge", "send"], name => spans.Any(s => s.Name.StartsWith(name, StringComparison.Ordinal)));

    // A transaction serves many: it has a trace of its own, and both point to each other.
    private static async Task SharesItsCommit(Span append, Collector collector)
    {
        var commit = await collector.Span(Assert.Single(append.Links));
        Assert.Equal(("commit", ""), (commit.Name, commit.Parent));
        Assert.NotEqual(append.Trace, commit.Trace);
        Assert.Contains(append.Id, commit.Links);
    }

    private static Span Of(Span[] spans, string source, string name, string service) => Assert.Single(spans, s =>
        s.Source.StartsWith(source, StringComparison.Ordinal) && s.Name.StartsWith(name, StringComparison.Ordinal)
            && s.Service.Name == service);

    private static bool IsAbove(Span above, Span below, Span[] spans)
    {
        for (var at = below; at is not null; at = Array.Find(spans, s => s.Id == at.Parent))
        {
            if (at.Id == above.Id) return true;
        }

        return false;
    }
}
