using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Tms.EventStore.Tests.Stores;
using Tms.EventStore.Upkeep;
using Tms.Testing.Logging;

namespace Tms.EventStore.Tests.Contract;

public abstract class UpkeepTests<TStore>(TStore fixture) : StoreTests<TStore>(fixture), IDisposable
    where TStore : class, IStoreFixture
{
    private static readonly DateTimeOffset Night = new(2026, 11, 23, 2, 30, 0, TimeSpan.Zero);

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly HeardLog _log = new();
    private readonly Dictionary<string, long> _shown = [];

    private UpkeepNotes Notes => new(Store.Database);

    [Fact]
    public async Task Every_process_shows_when_work_last_succeeded_and_failed_and_says_each_failure_once()
    {
        using var watch = new UpkeepWatch(
            Notes, _services.GetRequiredService<IMeterFactory>(), TimeProvider.System, _log.For<UpkeepWatch>());
        Assert.Empty(Shown());
        await watch.Look(Cancel);
        Assert.Equal(6, Shown().Count);
        Assert.All(Shown().Values, time => Assert.Equal(0, time));

        await Notes.Write(new("backup", true, Night), Cancel);
        await Notes.Write(new("verification", false, Night.AddMinutes(2)), Cancel);
        await watch.Look(Cancel);
        await watch.Look(Cancel);
        Assert.Equal(Night.ToUnixTimeSeconds(), Shown()["tms.upkeep.succeeded backup"]);
        Assert.Equal(0, Shown()["tms.upkeep.succeeded verification"]);
        Assert.Equal(Night.AddMinutes(2).ToUnixTimeSeconds(), Shown()["tms.upkeep.failed verification"]);
        Assert.Equal(1, _log.Count("The night's verification failed"));

        await Notes.Write(new("verification", false, Night.AddDays(1)), Cancel);
        await Notes.Write(new("backup", true, Night.AddDays(1)), Cancel);
        await watch.Look(Cancel);
        Assert.Equal(2, _log.Count("The night's verification failed"));
        Assert.Equal(
            [new("backup", true, Night.AddDays(1)), new UpkeepNote("verification", false, Night.AddDays(1))], await Notes.Read(Cancel));
        await ASecondProcessIsToldOfWhatIsNotMendedYet();
    }

    public void Dispose()
    {
        _services.Dispose();
        _log.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task ASecondProcessIsToldOfWhatIsNotMendedYet()
    {
        await Notes.Write(new("heads", false, Night), Cancel);
        await Notes.Write(new("heads", true, Night.AddDays(1)), Cancel);
        await Store.Database.Execute("insert into store (name, value) values ('upkeep/backup/failed', 'yesterday')", Cancel);
        using var watch = new UpkeepWatch(
            Notes, _services.GetRequiredService<IMeterFactory>(), TimeProvider.System, _log.For<UpkeepWatch>());
        await watch.Look(Cancel);
        Assert.Equal(3, _log.Count("The night's verification failed"));
        Assert.Equal(0, _log.Count("The night's heads failed"));
        Assert.Equal(0, _log.Count("The night's backup failed"));
    }

    private Dictionary<string, long> Shown()
    {
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Scope == _services.GetRequiredService<IMeterFactory>()) listener.EnableMeasurementEvents(instrument);
            },
        };
        _shown.Clear();
        listener.SetMeasurementEventCallback<long>(
            (instrument, value, tags, _) => _shown[$"{instrument.Name} {tags[0].Value}"] = value);
        listener.Start();
        listener.RecordObservableInstruments();
        return _shown;
    }
}
