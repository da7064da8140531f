namespace Tms.EventStore;

/// <summary>How far a reactor has come in a tenant's log.</summary>
/// <remarks>
/// A process that outlives a failover can remember events that the log no longer has. The log's hash tells: what it does not have moves no
/// cursor, for the events that come in their place would never be handled.
/// </remarks>
/// <param name="Cursors">Names of the cursors of the reactor's set and of those that it covers: <see cref="ReactorSet.Cursor"/>.</param>
/// <param name="Tenant">Whose log.</param>
/// <param name="To">The last event handled.</param>
public sealed record CursorMove(IReadOnlyList<string> Cursors, TenantId Tenant, LogPoint To);
