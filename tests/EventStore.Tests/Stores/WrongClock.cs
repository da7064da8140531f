namespace Tms.EventStore.Tests.Stores;

/// <summary>The system's clock, set forward or back by hand. What it measures is as long as ever.</summary>
internal sealed class WrongClock : TimeProvider
{
    public TimeSpan Ahead { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
}
