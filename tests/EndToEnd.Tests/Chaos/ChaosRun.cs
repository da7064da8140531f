using System.Globalization;
using Tms.EndToEnd.Tests.Chaos.Checks;
using Tms.EndToEnd.Tests.Chaos.Faults;
using Tms.EndToEnd.Tests.Chaos.Nodes;
using Tms.EndToEnd.Tests.Chaos.Work;
using Tms.EndToEnd.Tests.Cluster;

namespace Tms.EndToEnd.Tests.Chaos;

/// <summary>A cluster at work to which faults happen one after the other; then everything is checked that it has promised.</summary>
internal sealed class ChaosRun : IAsyncDisposable
{
    // A company lives on one silo: of so many, each silo has some as a rule.
    private const int Companies = 6;
    private const int Calm = 150;
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly History _history = new();
    private readonly List<Phase> _phases = [];
    private readonly List<string> _wrong = [];
    private readonly Action<string> _say;
    private readonly RealCluster _cluster;
    private readonly People _people;
    private readonly Office _office;
    private readonly Spectator[] _spectators;
    private readonly FaultInjector _injector;

    private ChaosRun(int seed, RealCluster cluster, People people, int spectators, Action<string> say)
    {
        (Seed, _cluster, _people, _say) = (seed, cluster, people, say);
        _office = new Office(cluster, people, _history, seed);
        _spectators = [.. Enumerable.Range(0, spectators).Select(Spectator)];
        _injector = new FaultInjector(cluster, Say);
    }

    public int Seed { get; }

    public TimeSpan Elapsed => _history.Now;

    /// <summary>Keeps what each process has written.</summary>
    public void SaveOutputs(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var node in _cluster.All) File.WriteAllText(Path.Combine(folder, $"{node.Name.Replace(' ', '-')}.log"), node.Output);
    }

    /// <summary>Starts everything and lets it work for a moment.</summary>
    /// <param name="seed">Tells what clients do.</param>
    /// <param name="clients">How many there are. As many as leave the machine room to start nodes again shorten a run.</param>
    /// <param name="spectators">How many follow the hub.</param>
    /// <param name="say">Hears what happens.</param>
    public static async Task<ChaosRun> Begin(int seed, int clients, int spectators, Action<string> say)
    {
        say($"seed {seed}: TMS_CHAOS_SEED={seed} repeats the schedule");
        var cluster = await RealCluster.Start();
        var run = new ChaosRun(seed, cluster, await People.Of(cluster, Companies), spectators, say);
        try
        {
            for (var i = 0; i < spectators; i++) run._spectators[i].Sit(i);
            run._office.Open(clients);
            await run._office.Until(Calm);
            return run;
        }
        catch
        {
            await run.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes a fault happen; returns when all is well and work has gone on for a while.</summary>
    public async Task<Phase> Apply(Fault fault)
    {
        var from = _history.Now;
        await _injector.Apply(fault);
        await _office.Answered();
        await _office.Until(Calm);
        _phases.Add(new Phase(fault.ToString(), from, _history.Now));
        return _phases[^1];
    }

    /// <summary>Ends the work and checks everything.</summary>
    public async Task<ChaosReport> End()
    {
        Say("ends the work");
        await _office.Close().WaitAsync(Limit);
        await using var witness = new LogWitness(_cluster.Site);
        var heads = await Settled(witness);
        var seen = await Leave(heads);
        Say("checks");
        await Check(witness, seen, heads);
        return new ChaosReport(Seed, _history.Asked, seen, _phases) { Wrong = [.. _injector.Wrong, .. _wrong] };
    }

    public async ValueTask DisposeAsync()
    {
        await _office.DisposeAsync();
        foreach (var spectator in _spectators) await spectator.DisposeAsync();
        await _people.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    private Spectator Spectator(int number)
    {
        var company = _people.Companies[number % _people.Companies.Count];
        return new Spectator($"spectator {number}", company, () => _people.Token(company), _cluster.Apis, _history);
    }

    // What nobody waits for any more may still be on its way.
    private async Task<Dictionary<Guid, long>> Settled(LogWitness witness)
    {
        var heads = await witness.Heads(_people.Companies);
        using var poll = new PeriodicTimer(Quiet);
        while (await poll.WaitForNextTickAsync(CancellationToken.None))
        {
            var now = await witness.Heads(_people.Companies);
            if (now.All(head => heads[head.Key] == head.Value)) return now;
            heads = now;
        }

        return heads;
    }

    private async Task<Seen[]> Leave(Dictionary<Guid, long> heads)
    {
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var until = _history.Now + Limit;
        while (_history.Now < until && _spectators.Any(spectator => spectator.Position < heads[spectator.Company]))
            await poll.WaitForNextTickAsync(CancellationToken.None);
        return await Task.WhenAll(_spectators.Select(spectator => spectator.Leave()));
    }

    private async Task Check(LogWitness witness, Seen[] seen, Dictionary<Guid, long> heads)
    {
        var log = new List<Logged>();
        foreach (var company in _people.Companies)
        {
            var part = Logged.Of(await witness.Sound(company.Id));
            _wrong.AddRange(await ListCheck.Faults(_people.Lead(company, _cluster.Apis[0]), part));
            log.AddRange(part);
        }

        _wrong.AddRange(await new ReadModelCheck(await _people.Admin(), _cluster.Site.Postgres!).Faults());
        _wrong.AddRange([
            .. CommandCheck.Faults(_history.Asked, log), .. NumberCheck.Faults(log), .. SumCheck.Faults(log),
            .. SpectatorCheck.Faults(seen, heads)]);
    }

    private void Say(string what) => _say(string.Create(CultureInfo.InvariantCulture, $"{_history.Now.TotalSeconds,6:0.0} s  {what}"));
}
