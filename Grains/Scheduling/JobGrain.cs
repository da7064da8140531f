using Tms.Grains.Abstractions.Scheduling;

namespace Tms.Grains.Scheduling;

/// <summary>Hosts the job that its key names: looks when it wakes, when the hour has come, and when a reminder says so.</summary>
/// <remarks>Stays active, so that its alarm goes off on the minute; where it was lost with its silo, the reminder brings it back.</remarks>
[GrainType("job"), KeepAlive]
internal sealed class JobGrain(JobCatalog catalog, JobParts parts) : Grain, IJobGrain, IRemindable
{
    private const string Reminder = "look";

    // Wall clocks are corrected and machines sleep: no alarm is trusted for longer.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1), Shortest = TimeSpan.FromMilliseconds(1);

    private JobRuns? _runs;
    private IGrainTimer? _work;
    private ITimer? _alarm;
    private bool _wanted;
    private bool _working;
    private bool _reminded;
    private bool _unreminded;

    private string Name => this.GetPrimaryKeyString();

    /// <inheritdoc />
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (catalog.Find(Name) is not { } job) return Task.CompletedTask;
        _runs = new JobRuns(parts, job, GrainFactory);
        _work = this.RegisterGrainTimer(
            Work,
            new GrainTimerCreationOptions { DueTime = Timeout.InfiniteTimeSpan, Period = Timeout.InfiniteTimeSpan, Interleave = true });
        var self = this.AsReference<IJobGrain>();
        _alarm = parts.Time.CreateTimer(_ => self.Wake().Ignore(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_alarm is not null) await _alarm.DisposeAsync();
    }

    /// <inheritdoc />
    public Task Wake()
    {
        if (_runs is null)
        {
            parts.Log.Unknown(Name);
            DeactivateOnIdle();
            return Task.CompletedTask;
        }

        _wanted = true;
        if (!_working) _work!.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        _reminded = true;
        return Wake();
    }

    private async Task Work(CancellationToken cancel)
    {
        if (_working) return;
        _working = true;
        try
        {
            await Remind();
            await Look(cancel);
        }
        finally
        {
            _working = false;
        }
    }

    private async Task Look(CancellationToken cancel)
    {
        while (_wanted && !cancel.IsCancellationRequested)
        {
            _wanted = false;
            var pause = await _runs!.Run(cancel);
            _alarm!.Change(pause < Shortest ? Shortest : pause > Longest ? Longest : pause, Timeout.InfiniteTimeSpan);
        }
    }

    private async Task Remind()
    {
        if (_reminded) return;
        try
        {
            await this.RegisterOrUpdateReminder(Reminder, parts.Options.ReminderPeriod, parts.Options.ReminderPeriod);
            _reminded = true;
            if (_unreminded) parts.Log.ReminderAtLast(Name);
            _unreminded = false;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            if (!_unreminded) parts.Log.NoReminder(Name, e);
            _unreminded = true;
        }
    }
}
