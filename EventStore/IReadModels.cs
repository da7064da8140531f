namespace Tms.EventStore;

/// <summary>The tables that queries read, and how they are made anew from the log.</summary>
public interface IReadModels
{
    /// <summary>SQL names of all tables, in alphabetical order.</summary>
    IReadOnlyList<string> Tables { get; }

    /// <summary>How many tenants have rows that are behind their log, by table; a table with none is left out.</summary>
    /// <remarks>
    /// It happens while an older release, which does not know the table, works beside this one, and until the keeper has been there.
    /// </remarks>
    /// <exception cref="StoreUnavailableException">The store could not be reached.</exception>
    Task<IReadOnlyDictionary<string, int>> Behind(CancellationToken cancel = default);

    /// <summary>
    /// Folds a table's rows anew from the log and replaces those that differ, tenant by tenant; to be called on a running system.
    /// </summary>
    /// <remarks>
    /// Rows change some streams at a time, tallies of a tenant as a whole: queries see the old rows or the new ones, and appends of the
    /// partition wait for moments. Memory holds some streams, or the tallies of one tenant.
    /// A tenant that fails keeps the rows it has by then and holds up no other; the last failure is thrown at the end: call it again.
    /// </remarks>
    /// <param name="table">One of <see cref="Tables"/>; null: all of them, one after the other.</param>
    /// <param name="cancel">Ends it between two steps; the tenant at hand keeps the rows it has by then.</param>
    /// <exception cref="ArgumentException">There is no such table.</exception>
    /// <exception cref="StoreUnavailableException">
    /// The store could not be reached, a partition was not free in time, or another rebuild of the table is under way.
    /// </exception>
    Task Rebuild(string? table, CancellationToken cancel = default);
}
