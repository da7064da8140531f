using System.Diagnostics;
using Bench;
using Push;

Arguments arguments;
Options options;
try
{
    arguments = new Arguments(args);
    options = Options.Read(arguments);
}
catch (ArgumentException e)
{
    await Console.Error.WriteLineAsync($"{e.Message}\n{Options.Usage}");
    return 64;
}

using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 256 }) { BaseAddress = new Uri(options.Url) };
var companies = await TmsCompany.Register(http, options.Companies);
var log = new CommandLog();
var receivers = new Receivers(log, companies);
var use = new MachineUse(arguments.Watch);
try
{
    return await Run();
}
finally
{
    await receivers.DisposeAsync();
}

async Task<int> Run()
{
    var connecting = Stopwatch.StartNew();
    await receivers.Connect(options.Url, options.Clients);
    var connected = connecting.Elapsed.TotalSeconds;
    var commands = new PacedCommands(companies, log);

    // Both sides warm, then one command at a time at the given pace, then, for fan-out, back to back.
    await commands.Run(options.Rate, options.Warmup);
    await receivers.Settle();
    log.StartWindow();
    var before = use.Take();
    await commands.Run(options.Rate, options.Seconds);
    await receivers.Settle();
    var after = use.Take();
    var (events, answers, http200) = (log.FromEvent, log.FromAnswer, log.Commands);

    var figure = new Figure(options.Figure, new()
    {
        ["clients"] = options.Clients,
        ["companies"] = options.Companies,
        ["commands/s"] = http200.TotalCount / options.Seconds,
        ["deliveries/s"] = events.TotalCount / options.Seconds,
        ["connect/s"] = options.Clients / connected,
    });
    if (options.Burst == 0)
    {
        figure.With("event_", events).With("answer_", answers).With("command_", http200).With(use.Shares(before, after));
    }
    else
    {
        // The names of signalr-floor, so that both stand in one row.
        figure.With("paced_", events).With("paced_answer_", answers).With(await Burst(commands));
    }

    figure.Metrics["lost"] = receivers.Lost();
    figure.Metrics["duplicates"] = receivers.Repeated;
    figure.Metrics["failures"] = log.Failures + receivers.Closed;
    figure.With(use.Memory().Select(m => KeyValuePair.Create(m.Key == "rss_MiB_load" ? "rss_MiB_clients" : m.Key, m.Value)));
    figure.Write(options.Json);
    if (log.LastFailure.Length > 0)
    {
        await Console.Error.WriteLineAsync($"last failure: {log.LastFailure}");
    }

    return figure.Metrics["lost"] + figure.Metrics["duplicates"] + figure.Metrics["failures"] > 0 ? 2 : 0;
}

// As many commands as 16 callers can make: the server may then put several events into one write.
async Task<Dictionary<string, double>> Burst(PacedCommands commands)
{
    log.StartWindow();
    var before = use.Take();
    var own = Environment.CpuUsage.TotalTime;
    var watch = Stopwatch.StartNew();
    await commands.Burst(options.Burst);
    var inVain = await receivers.Settle();
    var seconds = watch.Elapsed.TotalSeconds - inVain;
    var after = use.Take();
    var deliveries = (double)Math.Max(1, log.FromEvent.TotalCount);
    return new()
    {
        ["burst_deliveries/s"] = deliveries / seconds,
        ["burst_commands/s"] = log.Commands.TotalCount / seconds,
        ["burst_p99_ms"] = log.FromEvent.GetValueAtPercentile(99) / 1000.0,
        ["server_cpu_us_per_delivery"] =
            1e6 * (after.Watched.GetValueOrDefault("server") - before.Watched.GetValueOrDefault("server")) / deliveries,
        ["client_cpu_us_per_delivery"] = 1e6 * (Environment.CpuUsage.TotalTime - own).TotalSeconds / deliveries,
    };
}
