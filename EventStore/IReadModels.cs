namespace Tms.EventStore;

/// <summary>The tables that queries read, and how they are made anew from the log.</summary>
public interface IReadModels
{
    /// <summary>SQL names of all tables, in alphabetical order.</summary>
    IReadOnlyList<string> Tables { get; }

    /// <summary>How many tenants have rows that are behind their log, by table; a table with none is left out.</summary>
    /// <remarks>It happens while an older release, which does not know the table, works beside this one, and until the keeper has been there.</remarks>
    /// <exception cref="StoreUnavailableException">The store could not be reached.</exception>
    Task<IReadOnlyDictionary<string, int>> Behind(CancellationToken cancel = default);

    /// <summary>Drops a table's rows and folds them anew from the log, tenant by tenant; to be called on a running system.</summary>
    /// <remarks>
    /// A tenant's rows change in one transaction: queries see the old ones until it commits, and appends of its partition wait only
    /// while what was appended meanwhile is folded and the rows are written. The rows of one tenant and table are kept in memory.
    /// A tenant that fails keeps its rows and holds up no other; the last failure is thrown at the end: call it again.
    /// </remarks>
    /// <param name="table">One of <see cref="Tables"/>; null: all of them, one after the other.</param>
    /// <param name="cancel">Ends it between two steps; the tenant at hand keeps its rows.</param>
    /// <exception cref="ArgumentException">There is no such table.</exception>
    /// <exception cref="StoreUnavailableException">The store could not be reached, or a partition was not free in time.</exception>
    Task Rebuild(string? table, CancellationToken cancel = default);
}
