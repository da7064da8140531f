using Tms.Grains.Tests.Support;

namespace Tms.Grains.Tests.Cluster;

/// <summary>Uses Orleans' own storage and reminders, which the scripts are written for.</summary>
internal interface IKeeper : IGrainWithStringKey
{
    Task<int> Add(int more);

    Task<int> Get();

    Task Clear();

    Task Remind();

    Task<bool> Forget();

    Task Leave();
}

[GenerateSerializer]
internal sealed class KeptNumber
{
    [Id(0)]
    public int Value { get; set; }
}

internal sealed class Ticks
{
    public Counted Heard { get; } = new();
}

internal sealed class Keeper([PersistentState("number")] IPersistentState<KeptNumber> number, Ticks ticks) : Grain, IKeeper, IRemindable
{
    public async Task<int> Add(int more)
    {
        number.State.Value += more;
        await number.WriteStateAsync();
        return number.State.Value;
    }

    public Task<int> Get() => Task.FromResult(number.State.Value);

    public Task Clear() => number.ClearStateAsync();

    public Task Remind() => this.RegisterOrUpdateReminder("tick", TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(1));

    public async Task<bool> Forget()
    {
        if (await this.GetReminder("tick") is not { } reminder) return false;
        await this.UnregisterReminder(reminder);
        return true;
    }

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        ticks.Heard.Add();
        return Task.CompletedTask;
    }
}
