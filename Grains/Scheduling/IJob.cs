namespace Tms.Grains.Scheduling;

/// <summary>Work that becomes due by the clock. A plain class without state; registered with <see cref="JobServices.AddJob{T}"/>.</summary>
/// <remarks>
/// Nothing remembers that a job ran: what is due follows from durable rows alone, and what was done is no longer due. So it does not matter
/// how often anybody looks, whether the cluster slept through the hour, or whether two silos do the same thing at once.
/// </remarks>
public interface IJob
{
    /// <summary>Stable name: the key of its grain and reminder, and the actor of its commands. Never renamed.</summary>
    string Name { get; }

    /// <summary>
    /// The first moment after <paramref name="now"/> at which more can become due. It is looked earlier too, never much later.
    /// </summary>
    ValueTask<DateTimeOffset> Next(DateTimeOffset now, CancellationToken cancel);

    /// <summary>What is due now, over all companies, each once, in pages that are read as the ones before are done.</summary>
    /// <param name="now">The time, UTC.</param>
    /// <param name="pageSize">Most items of a page: they are done side by side.</param>
    /// <param name="cancel">Fires when the silo stops.</param>
    IAsyncEnumerable<IReadOnlyList<DueWork>> Due(DateTimeOffset now, int pageSize, CancellationToken cancel);

    /// <summary>Does one item. A failure is tried again later and holds nothing else up.</summary>
    Task Do(DueWork work, JobContext context);
}

/// <summary>One thing that is due.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Id">The aggregate it is about, UUID v7.</param>
/// <param name="Occasion">Tells one time from the next for the same aggregate: a version, a day number, a month.</param>
public readonly record struct DueWork(Guid Tenant, Guid Id, long Occasion);
