namespace Tms.Api.Realtime;

/// <summary>The counts of users' connections that all nodes share.</summary>
internal interface IConnectionLeases
{
    /// <summary>Asks for one more connection of a user; false when the user has as many as one may have.</summary>
    /// <param name="user">Whose.</param>
    /// <param name="connections">How many this node has, the new one included.</param>
    /// <param name="limit">How many there may be on all nodes.</param>
    /// <exception cref="Exception">The count cannot be reached.</exception>
    Task<bool> Enter(UserKey user, int connections, int limit);

    /// <summary>Says how many connections of a user this node has now; waits for nothing.</summary>
    void Renew(UserKey user, int connections);
}

/// <summary>A user as the cluster finds it.</summary>
/// <param name="Tenant">The user's own tenant.</param>
/// <param name="User">The user.</param>
internal readonly record struct UserKey(Guid Tenant, Guid User);
