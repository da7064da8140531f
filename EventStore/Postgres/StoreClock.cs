using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Tms.EventStore.Lanes;

namespace Tms.EventStore.Postgres;

/// <summary>What is known of this process' clock beside the database's. One that is far from it must not stamp events.</summary>
/// <remarks>
/// Events of a tenant never run backwards: a silo that were a day ahead would hold all others at its time for a day.
/// The database's clock is the one that all silos share; whether it is right is not known here.
/// </remarks>
internal sealed class StoreClock : IDisposable
{
    private static readonly TimeSpan Recently = TimeSpan.FromSeconds(1);

    private readonly TimeSpan _limit;
    private readonly TimeProvider _time;
    private readonly ILogger<StoreClock> _log;
    private readonly Meter _meter;
    private long _comparedAt;
    private long _difference;
    private string? _trouble;

    public StoreClock(EventStoreOptions options, TimeProvider time, WriterHealth health, IMeterFactory meters, ILogger<StoreClock> log)
    {
        (_limit, _time, _log) = (options.MaxClockDifference, time, log);
        health.Watch(() => Volatile.Read(ref _trouble));
        _meter = meters.Create("Tms.EventStore");
        Func<double> ahead = () => new TimeSpan(Volatile.Read(ref _difference)).TotalSeconds;
        _meter.CreateObservableGauge(
            "tms.store.clock.difference", ahead, "s", "How far this process' clock is ahead of the database's; below 0: behind");
    }

    /// <summary>Why appends are refused, where the clocks were found to differ within the last second.</summary>
    public string? Refusal =>
        Volatile.Read(ref _trouble) is { } trouble && _time.GetElapsedTime(Volatile.Read(ref _comparedAt)) < Recently ? trouble : null;

    /// <summary>Whether the clocks differed when they were compared last: whoever writes compares them anew.</summary>
    public bool IsTroubled => Volatile.Read(ref _trouble) is not null;

    /// <summary>Asks the database for its time and compares it.</summary>
    /// <param name="ask">Asks for <c>clock_timestamp()</c>.</param>
    /// <returns>Why appends are refused; null: the clocks agree.</returns>
    public async Task<string?> Compare(Func<Task<DateTimeOffset>> ask)
    {
        var asked = _time.GetUtcNow();
        var database = await ask();
        return Compare(asked, database, _time.GetUtcNow());
    }

    /// <summary>Where this process' clock stands now: <see cref="Jumped"/> tells whether it was set since.</summary>
    public ClockMark Mark() => new(_time.GetUtcNow(), _time.GetTimestamp());

    /// <summary>Whether the clock was set forward or back since a mark by more than it may differ. Costs no question.</summary>
    public bool Jumped(ClockMark mark) => (_time.GetUtcNow() - mark.Time - _time.GetElapsedTime(mark.Timestamp)).Duration() > _limit;

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();

    // The database answered between the question and its answer: only what lies outside of that is a difference.
    private string? Compare(DateTimeOffset asked, DateTimeOffset database, DateTimeOffset answered)
    {
        var difference = database < asked ? asked - database : database > answered ? answered - database : TimeSpan.Zero;
        var trouble = difference.Duration() <= _limit ? null : Sentence(difference);
        Volatile.Write(ref _difference, difference.Ticks);
        Volatile.Write(ref _comparedAt, _time.GetTimestamp());
        var before = Interlocked.Exchange(ref _trouble, trouble);
        if (before is null && trouble is not null) _log.LogError("{Trouble}", trouble);
        if (before is not null && trouble is null) _log.LogInformation("The clock of this process agrees with the database's again");
        return trouble;
    }

    private string Sentence(TimeSpan difference) => string.Create(CultureInfo.InvariantCulture,
        $"The clock of this process is {difference.Duration().TotalSeconds:0} s {(difference > TimeSpan.Zero ? "ahead "
            + "of" : "behind")} the database's; "
        + $"appends are refused until they differ by {_limit.TotalSeconds:0} s at most.");
}

/// <summary>A moment by both clocks of a process.</summary>
/// <param name="Time">By the clock that can be set.</param>
/// <param name="Timestamp">By the one that cannot.</param>
internal readonly record struct ClockMark(DateTimeOffset Time, long Timestamp);
