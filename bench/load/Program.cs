using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using Bench;
using HdrHistogram;
using Load;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

if (args is ["report", var file])
{
    Report.Print(file);
    return 0;
}

if (args is ["compare", var results])
{
    Comparison.Print(results);
    return 0;
}

var options = Options.Parse(args);
if (options is null)
{
    Console.Error.WriteLine(Options.Usage);
    return 64;
}

var profile = Profile.Read(options.Profile, options.BaseUrls.FirstOrDefault(), options.Companies);
var runner = new Runner(profile, options);
await runner.PrepareAsync();
var failed = false;
foreach (var workload in options.Workloads)
{
    var result = await runner.RunAsync(workload);
    failed |= result.Failures > 0;
    result.Print();
    if (options.Json is not null)
    {
        result.ToFigure(options.Figure ?? workload).Append(options.Json);
    }
}

return failed ? 2 : 0;

namespace Load
{
    public sealed record Options(
        string Profile, string[] BaseUrls, string[] Workloads, int Connections, double Warmup, double Duration, int Seed, double Rate,
        int Companies,
        string? Json, string? Figure, List<(string, int)> Watch)
    {
        public const string Usage = """
            load --profile FILE --workload create|lifecycle|list|get[,...] [--connections 16] [--warmup 5] [--duration 20]
                 [--seed INVOICES] [--base-url URL[,URL...]] [--rate PER-SECOND] [--companies COUNT]
                 [--watch NAME=PID]... [--json FILE.jsonl] [--figure NAME]
              --base-url   connections take the servers in turn
              --rate       runs of the workload per second in all; as many as the server takes when not given
              --companies  only the first of the profile's
            load report FILE.jsonl      median, min and max of each figure, as a Markdown table
            load compare FILE.jsonl     TMS beside its peers, with ratios and targets: see bench/compare
            """;

        public static Options? Parse(string[] args)
        {
            var o = new Options("", [], [], 16, 5, 20, 0, 0, 0, null, null, []);
            for (var i = 0; i + 1 < args.Length; i += 2)
            {
                var value = args[i + 1];
                switch (args[i])
                {
                    case "--profile": o = o with { Profile = value }; break;
                    case "--base-url": o = o with { BaseUrls = value.Split(',') }; break;
                    case "--rate": o = o with { Rate = double.Parse(value) }; break;
                    case "--companies": o = o with { Companies = int.Parse(value) }; break;
                    case "--workload": o = o with { Workloads = value.Split(',') }; break;
                    case "--connections": o = o with { Connections = int.Parse(value) }; break;
                    case "--warmup": o = o with { Warmup = double.Parse(value) }; break;
                    case "--duration": o = o with { Duration = double.Parse(value) }; break;
                    case "--seed": o = o with { Seed = int.Parse(value) }; break;
                    case "--json": o = o with { Json = value }; break;
                    case "--figure": o = o with { Figure = value }; break;
                    case "--watch": o.Watch.Add((value.Split('=')[0], int.Parse(value.Split('=')[1]))); break;
                    default: return null;
                }
            }

            return o.Profile.Length == 0 || o.Workloads.Length == 0 || args.Length % 2 != 0 ? null : o;
        }
    }

    /// <summary>
    /// Runs workloads closed-loop: each connection sends its next request when it has the last one's answer, and not before it is due.
    /// </summary>
    public sealed class Runner(Profile profile, Options options)
    {
        private readonly IPEndPoint[] _endpoints =
            [.. (options.BaseUrls is [] ? [profile.BaseUrl] : options.BaseUrls.Select(u => new Uri(u)))
                .Select(u => new IPEndPoint(Dns.GetHostAddresses(u.Host)[0], u.Port))];

        private readonly List<(int Company, byte[] Id)> _seeded = [];
        private long _number;

        public async Task PrepareAsync()
        {
            using var client = new Client(this, 0);
            for (var company = 0; company < profile.Companies.Count && profile.Setup.Count > 0; company++)
            {
                client.Select(company);
                foreach (var step in profile.Setup)
                {
                    if (!await client.SendAsync(step))
                    {
                        throw new InvalidOperationException($"setup step '{step.Name}' failed: {client.LastAnswer}");
                    }
                }

                // What a setup step took from its answer (a token, an id) stays with the company.
                foreach (var slot in profile.Setup.SelectMany(s => s.Extract).Select(e => e.Slot))
                {
                    profile.Companies[company].Add((slot, client.Value(slot)));
                }
            }

            if (options.Seed > 0)
            {
                var watch = Stopwatch.StartNew();
                var next = -1;
                await Task.WhenAll(Enumerable.Range(1, 16).Select(async worker =>
                {
                    using var seeder = new Client(this, worker);
                    int i;
                    while ((i = Interlocked.Increment(ref next)) < options.Seed)
                    {
                        // A third stays created, a third is also sent, a third also paid.
                        var company = i / 3 % profile.Companies.Count;
                        seeder.Select(company);
                        foreach (var step in profile.Workloads["lifecycle"].Take(1 + (i % 3)))
                        {
                            if (!await seeder.SendAsync(step))
                            {
                                throw new InvalidOperationException($"seed step '{step.Name}' failed: {seeder.LastAnswer}");
                            }
                        }

                        lock (_seeded)
                        {
                            _seeded.Add((company, seeder.Value(profile.IdSlot)));
                        }
                    }
                }));
                Console.WriteLine($"seeded {options.Seed} invoices in {watch.Elapsed.TotalSeconds:0.0} s");
            }
        }

        public async Task<Result> RunAsync(string workload)
        {
            var steps = profile.Workloads[workload];
            var needsSeed = workload == "get";
            if (needsSeed && _seeded.Count == 0)
            {
                throw new InvalidOperationException("'get' reads seeded invoices: pass --seed");
            }

            var use = new MachineUse(options.Watch);
            var workers = Enumerable.Range(1, options.Connections)
                .Select(i => new Worker(new Client(this, i), steps, options.Rate / options.Connections)).ToList();
            using var stop = new CancellationTokenSource();
            var running = workers.Select(w => Task.Run(() => w.LoopAsync(needsSeed, stop.Token))).ToList();
            await Task.Delay(TimeSpan.FromSeconds(options.Warmup));
            GC.Collect();

            var before = use.Take();
            var begin = Stopwatch.GetTimestamp();
            workers.ForEach(w => w.MeasureFrom(begin));
            await Task.Delay(TimeSpan.FromSeconds(options.Duration));
            var end = Stopwatch.GetTimestamp();
            workers.ForEach(w => w.MeasureUntil(end));
            var after = use.Take();
            var memory = use.Memory();
            await stop.CancelAsync();
            await Task.WhenAll(running);

            var result = new Result(
                workload, options.Connections, Stopwatch.GetElapsedTime(begin, end).TotalSeconds, steps, use.Shares(before, after), memory);
            foreach (var worker in workers)
            {
                worker.AddTo(result);
                worker.Dispose();
            }

            return result;
        }

        /// <summary>One connection with its variables.</summary>
        public sealed class Client(Runner runner, int seed) : IDisposable
        {
            private readonly HttpConnection _connection = new(runner._endpoints[seed % runner._endpoints.Length]);
            private readonly Random _random = new(seed);
            private readonly byte[]?[] _values = new byte[]?[runner.Profile.SlotCount];
            private readonly ArrayBufferWriter<byte> _request = new(4096);
            private readonly ArrayBufferWriter<byte> _scratch = new(4096);

            public string LastAnswer { get; private set; } = "";

            public int LastBodyBytes { get; private set; }

            public byte[] Value(int slot) => _values[slot] ?? throw new InvalidOperationException("a step took no value for a variable");

            public void SelectRandom(bool seeded)
            {
                if (seeded)
                {
                    var (company, id) = runner._seeded[_random.Next(runner._seeded.Count)];
                    Select(company);
                    _values[runner.Profile.IdSlot] = id;
                }
                else
                {
                    Select(_random.Next(runner.Profile.Companies.Count));
                }
            }

            public void Select(int company)
            {
                foreach (var (slot, value) in runner.Profile.Companies[company])
                {
                    _values[slot] = value;
                }

                _values[runner.Profile.NumberSlot] = Encoding.UTF8.GetBytes(
                    Interlocked.Increment(ref runner._number).ToString(CultureInfo.InvariantCulture));
                _values[runner.Profile.GuidSlot] = Encoding.UTF8.GetBytes(Guid.CreateVersion7().ToString());
            }

            public async ValueTask<bool> SendAsync(Step step, CancellationToken stop = default)
            {
                try
                {
                    step.Write(_request, _scratch, _values);
                    var status = await _connection.SendAsync(_request.WrittenMemory, stop);
                    LastBodyBytes = _connection.Body.Length;
                    if (step.Accepts(status, _connection.Body, _scratch, _values))
                    {
                        return true;
                    }

                    LastAnswer = $"{status} {Encoding.UTF8.GetString(_connection.Body.Span[..Math.Min(300, LastBodyBytes)])}";
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    LastAnswer = e.Message;
                    _connection.Dispose();
                }

                return false;
            }

            public void Dispose() => _connection.Dispose();
        }

        private Profile Profile => profile;

        private sealed class Worker(Client client, List<Step> steps, double rate) : IDisposable
        {
            private readonly LongHistogram[] _histograms = [.. steps.Select(_ => Result.NewHistogram())];
            private long _from = long.MaxValue;
            private long _until = long.MaxValue;
            private long _failures;
            private long _bytes;
            private string _failure = "";

            public void MeasureFrom(long timestamp) => Volatile.Write(ref _from, timestamp);

            public void MeasureUntil(long timestamp) => Volatile.Write(ref _until, timestamp);

            public async Task LoopAsync(bool seeded, CancellationToken stop)
            {
                // A step cut short by the end of the run has no answer: it is neither counted nor a failure.
                var begin = Stopwatch.GetTimestamp();
                for (var run = 0; !stop.IsCancellationRequested; run++)
                {
                    if (rate > 0 && TimeSpan.FromSeconds(run / rate) - Stopwatch.GetElapsedTime(begin) is { Ticks: > 0 } wait)
                    {
                        await Task.Delay(wait, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                        if (stop.IsCancellationRequested) return;
                    }

                    client.SelectRandom(seeded);
                    for (var i = 0; i < steps.Count; i++)
                    {
                        var start = Stopwatch.GetTimestamp();
                        bool accepted;
                        try
                        {
                            accepted = await client.SendAsync(steps[i], stop);
                        }
                        catch (OperationCanceledException)
                        {
                            return;
                        }

                        var end = Stopwatch.GetTimestamp();
                        if (!accepted)
                        {
                            // Counted in the warm-up too: a run with any failure is no result.
                            _failures++;
                            _failure = $"{steps[i].Name}: {client.LastAnswer}";
                            break;
                        }

                        if (start >= Volatile.Read(ref _from) && end <= Volatile.Read(ref _until))
                        {
                            _histograms[i].RecordValue(
                                Math.Clamp((end - start) / (Stopwatch.Frequency / 1_000_000), 1, Result.MaxMicroseconds));
                            _bytes += client.LastBodyBytes;
                        }
                    }
                }
            }

            public void AddTo(Result result)
            {
                for (var i = 0; i < steps.Count; i++)
                {
                    result.Steps[i].Histogram.Add(_histograms[i]);
                    result.All.Add(_histograms[i]);
                }

                result.Failures += _failures;
                result.Bytes += _bytes;
                result.Failure = _failure.Length > 0 ? _failure : result.Failure;
            }

            public void Dispose() => client.Dispose();
        }
    }

    public sealed class Result(
        string workload, int connections, double seconds, List<Step> steps, Dictionary<string, double> shares,
        Dictionary<string, double> memory)
    {
        public const long MaxMicroseconds = Figure.MaxMicroseconds;

        public LongHistogram All { get; } = NewHistogram();

        public List<(string Name, LongHistogram Histogram)> Steps { get; } = [.. steps.Select(s => (s.Name, NewHistogram()))];

        public long Failures { get; set; }

        public long Bytes { get; set; }

        public string Failure { get; set; } = "";

        public static LongHistogram NewHistogram() => new(1, MaxMicroseconds, 3);

        public void Print()
        {
            Console.WriteLine(
                $"{workload}: {connections} connections, {seconds:0.0} s, {All.TotalCount} requests, {All.TotalCount / seconds:0.0}/s, "
                    + $"not 2xx or refused by a check: {Failures}, mean body {Bytes / Math.Max(1, All.TotalCount)} bytes");
            foreach (var (name, histogram) in Steps.Count > 1 ? [.. Steps, ("all", All)] : Steps)
            {
                Console.WriteLine(
                    $"  {name,-8} {histogram.TotalCount / seconds,9:0.0}/s  p50 {Ms(histogram, 50),8:0.000}  p95 "
                        + $"{Ms(histogram, 95),8:0.000}  p99 {Ms(histogram, 99),8:0.000}  max {Ms(histogram, 100),8:0.000} ms");
            }

            Console.WriteLine("  " + string.Join("  ", shares.Concat(memory).Select(p => $"{p.Key} {p.Value:0.0}")));
            if (Failures > 0)
            {
                Console.WriteLine($"  LAST FAILURE {Failure}");
            }
        }

        public Figure ToFigure(string figure)
        {
            var metrics = new Dictionary<string, double>
            {
                ["req/s"] = All.TotalCount / seconds,
                ["p50_ms"] = Ms(All, 50),
                ["p95_ms"] = Ms(All, 95),
                ["p99_ms"] = Ms(All, 99),
                ["max_ms"] = Ms(All, 100),
                ["failures"] = Failures,
            };
            foreach (var (name, histogram) in Steps.Count > 1 ? Steps : [])
            {
                metrics[$"{name}_p50_ms"] = Ms(histogram, 50);
                metrics[$"{name}_p99_ms"] = Ms(histogram, 99);
            }

            foreach (var (name, value) in shares.Concat(memory))
            {
                metrics[name] = value;
            }

            // CPU time of a watched process per request, from its share of the machine.
            foreach (var (name, share) in shares.Where(s => s.Key.StartsWith("cpu%_", StringComparison.Ordinal) && All.TotalCount > 0))
            {
                metrics[$"us/req_{name[5..]}"] = share / 100 * Environment.ProcessorCount * 1e6 * seconds / All.TotalCount;
            }

            metrics["body_bytes"] = Bytes / (double)Math.Max(1, All.TotalCount);
            return new Figure(figure.Replace("{workload}", workload).Replace("{connections}", connections.ToString()), metrics);
        }

        private static double Ms(LongHistogram histogram, double percentile) =>
            histogram.TotalCount == 0
                ? 0
                : (percentile >= 100 ? histogram.GetMaxValue() : histogram.GetValueAtPercentile(percentile)) / 1000.0;
    }
}
