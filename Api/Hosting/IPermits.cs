namespace Tms.Api.Hosting;

/// <summary>Where a node gets the permits of its callers: one source for all nodes.</summary>
internal interface IPermits
{
    /// <summary>Asks for permits of a caller's window.</summary>
    /// <param name="window">The window, the limit, and the caller.</param>
    /// <param name="had">How many permits this node was given in the window so far.</param>
    /// <param name="wanted">How many requests wait for one.</param>
    /// <returns>How many this node gets (0: none are left), and how many nobody has yet.</returns>
    /// <exception cref="Exception">The source cannot be reached.</exception>
    Task<(int Given, int Left)> Take(PermitWindow window, int had, int wanted);
}

/// <summary>One caller's window.</summary>
/// <param name="Name">Names limit, window and caller; the same on every node.</param>
/// <param name="Limit">How many requests it may make.</param>
/// <param name="EndsAt">The Unix second at which the window ends.</param>
internal sealed record PermitWindow(string Name, int Limit, long EndsAt);
