using System.Collections.Concurrent;
using System.Diagnostics;
using Bench;
using HdrHistogram;

namespace Push;

/// <summary>What was commanded and answered, and how long after that each client heard of it.</summary>
public sealed class CommandLog
{
    private readonly ConcurrentDictionary<(Guid Id, int Version), long> _answered = new();
    private readonly ConcurrentDictionary<Guid, long> _perCompany = new();
    private DateTimeOffset _from = DateTimeOffset.MaxValue;
    private long _failures;

    /// <summary>
    /// From the event's <c>time</c> (stamped by the writer before it commits) to the client's handler. Includes the commit.
    /// </summary>
    public LongConcurrentHistogram FromEvent { get; private set; } = Figure.NewHistogram();

    /// <summary>From the command's answer to the client's handler; what came before the answer counts as 1 µs.</summary>
    public LongConcurrentHistogram FromAnswer { get; private set; } = Figure.NewHistogram();

    /// <summary>From the moment a command was due to its answer.</summary>
    public LongConcurrentHistogram Commands { get; private set; } = Figure.NewHistogram();

    public long Failures => Interlocked.Read(ref _failures);

    public string LastFailure { get; private set; } = "";

    /// <summary>Forgets the latencies so far and counts events from now on.</summary>
    public void StartWindow()
    {
        (FromEvent, FromAnswer, Commands) = (Figure.NewHistogram(), Figure.NewHistogram(), Figure.NewHistogram());
        _from = DateTimeOffset.UtcNow;
    }

    public void Answered(Guid company, (Guid Id, int Version) invoice, long due)
    {
        var now = Stopwatch.GetTimestamp();
        _answered[invoice] = now;
        _perCompany.AddOrUpdate(company, 1, static (_, count) => count + 1);
        Record(Commands, Stopwatch.GetElapsedTime(due, now));
    }

    public void Failed(Exception e)
    {
        Interlocked.Increment(ref _failures);
        LastFailure = e.Message;
    }

    /// <summary>How many events of invoices a company's clients must have heard of, once each.</summary>
    public long Expected(Guid company) => _perCompany.GetValueOrDefault(company);

    public void Heard(InvoiceEvent e)
    {
        var (now, utc) = (Stopwatch.GetTimestamp(), DateTimeOffset.UtcNow);
        if (e.Time < _from)
        {
            return;
        }

        Record(FromEvent, utc - e.Time);
        Record(
            FromAnswer,
            _answered.TryGetValue((e.InvoiceId, e.Version), out var answered) ? Stopwatch.GetElapsedTime(answered, now) : TimeSpan.Zero);
    }

    private static void Record(LongConcurrentHistogram histogram, TimeSpan time) =>
        histogram.RecordValue(Math.Clamp(time.Ticks / TimeSpan.TicksPerMicrosecond, 1, Figure.MaxMicroseconds));
}
