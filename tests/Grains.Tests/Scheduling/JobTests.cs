using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Orleans.TestingHost;
using Tms.Grains.Abstractions.Scheduling;
using Tms.Grains.Scheduling;
using Tms.Silo;
using Tms.Testing.Logging;
using Xunit;

namespace Tms.Grains.Tests.Scheduling;

/// <summary>When a job looks, whatever happens to its cluster. The clock is the test's.</summary>
public sealed class JobTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Noon);
    private readonly WatchedAlarms _alarms = new();
    private readonly ProbeJob _job = new();
    private readonly HeardLog _heard = new();
    private InProcessTestCluster? _cluster;

    private IJobGrain Grain => _cluster!.Client.GetGrain<IJobGrain>("probe");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null) await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task What_fell_due_while_everything_was_off_is_done_at_the_start()
    {
        var work = _job.Plan(Noon.AddDays(-3));

        await Start();
        await _job.DoneCount.Reaches(1);

        Assert.Equal((work, work.Tenant), Assert.Single(_job.Done));
    }

    [Fact]
    public async Task Work_is_done_when_its_time_has_come_and_not_before()
    {
        _job.Plan(Noon.AddMinutes(50));
        await Start();
        await Settled(looks: 1);

        _time.Advance(TimeSpan.FromMinutes(49));
        Assert.Equal((1, 0), (_job.Looks.Count, _job.DoneCount.Count));

        _time.Advance(TimeSpan.FromMinutes(1));
        await _job.DoneCount.Reaches(1);
    }

    [Fact]
    public async Task A_job_looks_every_hour_for_its_clock_may_have_been_set()
    {
        await Start();
        await Settled(looks: 1);
        _job.Plan(Noon.AddMinutes(1));

        _time.Advance(TimeSpan.FromHours(1));

        await _job.DoneCount.Reaches(1);
    }

    [Fact]
    public async Task Who_changes_a_schedule_wakes_the_job()
    {
        await Start();
        await Settled(looks: 1);
        _job.Plan(Noon);

        await Grain.Wake();

        await _job.DoneCount.Reaches(1);
    }

    [Fact]
    public async Task A_wake_during_a_run_is_followed_by_another_run()
    {
        var gate = new TaskCompletionSource();
        _job.Gate = gate.Task;
        await Start();
        await _job.Looks.Reaches(1);
        await Grain.Wake();
        await Reminded();

        gate.SetResult();

        await _job.Looks.Reaches(2);
    }

    [Fact]
    public async Task What_fails_holds_nothing_up_and_is_tried_again_later()
    {
        var works = Enumerable.Range(-9, 9).Select(minutes => _job.Plan(Noon.AddMinutes(minutes))).ToArray();
        _job.Fails = work => work == works[0];
        await Start();
        await _job.DoneCount.Reaches(8);
        await Settled(looks: 1);
        _job.Fails = _ => false;

        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(1, _job.Looks.Count);
        _time.Advance(TimeSpan.FromSeconds(1));
        await _job.DoneCount.Reaches(9);

        Assert.Equal(
            works.Order(Comparer<DueWork>.Create((a, b) => a.Id.CompareTo(b.Id))),
            _job.Done.Select(d => d.Work).Order(Comparer<DueWork>.Create((a, b) => a.Id.CompareTo(b.Id))));
    }

    [Fact]
    public async Task An_item_that_always_fails_does_not_make_the_others_late()
    {
        var never = _job.Plan(Noon.AddMinutes(-1));
        _job.Fails = work => work == never;
        await Start();
        await Settled(looks: 1);
        for (var pause = 5; pause <= 320; pause *= 2)
        {
            var looks = _job.Looks.Count;
            _time.Advance(TimeSpan.FromSeconds(pause));
            await Settled(looks + 1);
        }

        _job.Plan(_time.GetUtcNow().AddMinutes(11));
        _time.Advance(TimeSpan.FromMinutes(10));
        await Settled(looks: 9);
        Assert.Equal(0, _job.DoneCount.Count);
        _time.Advance(TimeSpan.FromMinutes(1));
        await _job.DoneCount.Reaches(1);
    }

    [Fact]
    public async Task While_the_store_is_away_a_job_looks_ever_more_rarely_and_then_goes_on()
    {
        _job.Down = true;
        _job.Plan(Noon);
        await Start();
        await Settled(looks: 1);
        for (var pause = 5; pause <= 40; pause *= 2)
        {
            var before = _job.Looks.Count;
            _time.Advance(TimeSpan.FromSeconds(pause - 1));
            Assert.Equal(before, _job.Looks.Count);
            _time.Advance(TimeSpan.FromSeconds(1));
            await Settled(before + 1);
        }

        _job.Down = false;
        _time.Advance(TimeSpan.FromSeconds(80));
        await _job.DoneCount.Reaches(1);
        await _heard.Says("Information: Job probe works again after 5 runs that failed");
        Assert.Equal(1, _heard.Count("Warning: Job probe failed"));
    }

    [Fact]
    public async Task A_reminder_brings_a_job_back_that_was_lost()
    {
        await Start();
        await Settled(looks: 1);
        var table = _cluster!.Silos[0].ServiceProvider.GetRequiredService<IReminderTable>();
        Assert.Equal(
            "look",
            Assert.Single((await table.ReadRows(Grain.GetGrainId(), TestContext.Current.CancellationToken)).Reminders).ReminderName);
        await _cluster.DeactivateAsync(Grain).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        _job.Plan(Noon);

        await Reminded();

        await _job.DoneCount.Reaches(1);
    }

    private Task Reminded() => Grain.AsReference<IRemindable>().ReceiveReminder("look", default, TestContext.Current.CancellationToken);

    // Until its alarm is set, a run is not over.
    private async Task Settled(int looks)
    {
        await _job.Looks.Reaches(looks);
        await _alarms.Count.Reaches(looks);
    }

    private async Task Start()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<IJob>(_job).AddSingleton<ILoggerProvider>(_heard);
            silo.Services.AddSingleton(
                sp => new JobParts(
                    sp.GetRequiredService<IOptions<JobOptions>>(), new WatchedTime(_time, _alarms), sp.GetRequiredService<JobMetrics>(),
                    sp.GetRequiredService<JobLog>()));
            silo.Services.Configure<JobOptions>(o => o.PageSize = 4);
            silo.UseInMemoryReminderService().AddTenantFilter().AddJobHosting();
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync().WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }
}
