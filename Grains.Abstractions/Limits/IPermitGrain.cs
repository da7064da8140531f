namespace Tms.Grains.Abstractions.Limits;

/// <summary>Hands out the requests that one caller may make in one window, in blocks, to the API nodes that serve it.</summary>
/// <remarks>
/// Key: <c>limits/…</c>, whatever names limit, window and caller; never a tenant's id first, for most callers have none yet.
/// Soft state, as long as the window lasts. All that is handed out is never more than the limit, as long as the silo lives; where it is
/// lost, each node that asks again is believed what it has had.
/// </remarks>
[Alias("tms.permits")]
public interface IPermitGrain : IGrainWithStringKey
{
    /// <summary>Asks for permits.</summary>
    [Alias("Take")]
    Task<PermitAnswer> Take(PermitRequest request);
}

/// <summary>A node's question.</summary>
/// <param name="Node">Which node, one id per process.</param>
/// <param name="Had">
/// How many permits it was given in this window, used or not. What it was given and did not hear of counts no longer.
/// </param>
/// <param name="Wanted">How many requests wait for one, 1 or more.</param>
/// <param name="Limit">How many there are on all nodes together.</param>
/// <param name="EndsAt">The Unix second at which the window ends.</param>
[GenerateSerializer, Immutable, Alias("tms.permit-request")]
public readonly record struct PermitRequest(
    [property: Id(0)] Guid Node,
    [property: Id(1)] int Had,
    [property: Id(2)] int Wanted,
    [property: Id(3)] int Limit,
    [property: Id(4)] long EndsAt);

/// <summary>What a node gets.</summary>
/// <param name="Given">Permits for it alone; 0: there are none left, and there will be none in this window.</param>
/// <param name="Left">Permits that nobody has been given yet.</param>
[GenerateSerializer, Immutable, Alias("tms.permit-answer")]
public readonly record struct PermitAnswer(
    [property: Id(0)] int Given,
    [property: Id(1)] int Left);
