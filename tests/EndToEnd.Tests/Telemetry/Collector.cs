using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Tms.EndToEnd.Tests.Telemetry;

/// <summary>A span as a collector gets it.</summary>
/// <param name="Service">What the process calls itself, with the id of its start.</param>
/// <param name="Source">Who made it.</param>
/// <param name="Name">What was done.</param>
/// <param name="Trace">Trace id, hex.</param>
/// <param name="Id">Span id, hex.</param>
/// <param name="Parent">Id of the span that it is part of; empty: none.</param>
/// <param name="Links">Ids of the spans in other traces that it has to do with.</param>
internal sealed record Span(
    (string Name, string Instance) Service, string Source, string Name, string Trace, string Id, string Parent, string[] Links);

/// <summary>A collector of OpenTelemetry on a port of its own: takes what processes export, by the real protocol.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly WebApplication _app;
    private readonly Lock _gate = new();
    private readonly List<Span> _spans = [];
    private readonly HashSet<string> _logging = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Collector(WebApplication app) => _app = app;

    /// <summary>Settings for a process that shall export here, soon after each span.</summary>
    public string[] Settings =>
        [
            $"--OTEL_EXPORTER_OTLP_ENDPOINT={_app.Urls.Single()}", "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf",
            "--OTEL_BSP_SCHEDULE_DELAY=100", "--OTEL_BLRP_SCHEDULE_DELAY=100"];

    public static async Task<Collector> Start()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var collector = new Collector(builder.Build());
        collector._app.Run(collector.Take);
        await collector._app.StartAsync(TestContext.Current.CancellationToken);
        return collector;
    }

    /// <summary>Waits until the spans of a trace hold; returns them.</summary>
    public Task<Span[]> Trace(string trace, Func<Span[], bool> holds) => Until(() => _spans.Where(s => s.Trace == trace).ToArray(), holds);

    /// <summary>Waits for the span with an id.</summary>
    public async Task<Span> Span(string id) => (await Until(() => _spans.Where(s => s.Id == id).ToArray(), found => found.Length > 0))[0];

    /// <summary>Waits until a service has sent lines of its log.</summary>
    public Task Logs(string service) => Until(() => _logging.Contains(service), heard => heard);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<T> Until<T>(Func<T> look, Func<T, bool> holds)
    {
        var deadline = Task.Delay(Patience, TestContext.Current.CancellationToken);
        while (true)
        {
            T seen;
            Task changed;
            lock (_gate) (seen, changed) = (look(), _changed.Task);
            if (holds(seen)) return seen;
            if (await Task.WhenAny(changed, deadline) == deadline)
                throw new TimeoutException(
                    "Got only: "
                        + (seen is Span[] spans
                            ? string.Join(", ", spans.Select(s => $"{s.Source} '{s.Name}' of {s.Service.Name}"))
                            : seen));
        }
    }

    private async Task Take(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        lock (_gate)
        {
            if (context.Request.Path == "/v1/traces") _spans.AddRange(Protobuf.All(body.ToArray(), 1).SelectMany(Spans));
            if (context.Request.Path == "/v1/logs") _logging.UnionWith(Protobuf.All(body.ToArray(), 1).Select(logs => Service(logs).Name));
            _changed.TrySetResult();
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    // The field numbers are those of opentelemetry/proto/trace/v1/trace.proto and resource/v1/resource.proto.
    private static IEnumerable<Span> Spans(ReadOnlyMemory<byte> resource) =>
        from scope in Protobuf.All(resource, 2)
        let source = Protobuf.Text(Protobuf.All(scope, 1).FirstOrDefault(), 1)
        from span in Protobuf.All(scope, 2)
        select new Span(
            Service(resource), source, Protobuf.Text(span, 5), Protobuf.Hex(span, 1), Protobuf.Hex(span, 2), Protobuf.Hex(span, 4),
            [.. Protobuf.All(span, 13).Select(link => Protobuf.Hex(link, 2))]);

    private static (string Name, string Instance) Service(ReadOnlyMemory<byte> resource)
    {
        var attributes = Protobuf.All(Protobuf.All(resource, 1).First(), 1)
            .ToDictionary(a => Protobuf.Text(a, 1), a => Protobuf.Text(Protobuf.All(a, 2).First(), 1));
        return (attributes["service.name"], attributes["service.instance.id"]);
    }
}
