using Orleans.Concurrency;

namespace Tms.Grains.Abstractions.Shared;

/// <summary>One aggregate: an event-sourced grain whose key is <see cref="GrainKey"/>.</summary>
/// <typeparam name="TCommand">Base of its commands.</typeparam>
/// <typeparam name="TView">What callers see of it.</typeparam>
[Alias("tms.aggregate`2")]
public interface IAggregateGrain<TCommand, TView> : IGrainWithStringKey
    where TView : class
{
    /// <summary>Decides, stores and answers with the new view. A <see cref="OutcomeKind.Done"/> is durable.</summary>
    [Alias("Execute")]
    Task<Outcome<TView>> Execute(TCommand command, CommandContext context);

    /// <summary>The view now; null when the aggregate does not exist.</summary>
    [ReadOnly, Alias("Get")]
    Task<TView?> Get();

    /// <summary>The view right after the given version; null when there was no such version.</summary>
    [ReadOnly, Alias("GetVersion")]
    Task<TView?> GetVersion(int version);

    /// <summary>The view as it was at a time; null when the aggregate did not exist yet.</summary>
    [ReadOnly, Alias("GetAsOf")]
    Task<TView?> GetAsOf(DateTimeOffset time);
}
