using Tms.EventStore.Lanes;
using Tms.EventStore.Rebuild;

namespace Tms.EventStore.Heads;

/// <summary>An open transaction that holds a tenant's partition: read models change in it.</summary>
internal interface ICoverSession
{
    /// <summary>Makes a change that leaves nothing behind if it fails; answers what it failed with, or null.</summary>
    /// <remarks>If the session is lost with it, the failure goes through: then nothing of the transaction is left.</remarks>
    Task<Exception?> Try(Func<Task> change, CancellationToken cancel);

    /// <summary>Where the tenant's log ends and how far its read models are; null for a tenant without events.</summary>
    Task<(long Head, TenantModels Models)?> Load(TenantId tenant, CancellationToken cancel);

    /// <summary>Writes how far the tenant's read models are.</summary>
    Task Save(TenantId tenant, TenantModels models, CancellationToken cancel);

    /// <summary>The rows of streams, as far as there are any.</summary>
    Task<IReadOnlyList<object?[]>> Rows(ReadModelTable table, TenantId tenant, Guid[] ids, CancellationToken cancel);

    /// <summary>The rows whose streams have ids of a range, also of streams that the log does not have.</summary>
    Task<IReadOnlyList<object?[]>> Rows(ReadModelTable table, TenantId tenant, IdRange ids, CancellationToken cancel);

    /// <summary>Removes rows by their keys.</summary>
    Task Remove(ReadModelTable table, IReadOnlyList<object?[]> rows, CancellationToken cancel);

    /// <summary>Removes all rows of a tenant.</summary>
    Task Clear(string table, TenantId tenant, CancellationToken cancel);

    /// <summary>Writes a plan's rows, in parts that a statement takes in well under its time limit.</summary>
    /// <exception cref="OperationCanceledException">The limit was reached between two parts.</exception>
    Task Write(InlineModels models, BatchPlan plan, CancellationToken limit, CancellationToken cancel);
}
