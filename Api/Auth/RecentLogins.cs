using Tms.Api.Hosting;
using Tms.Api.Security;

namespace Tms.Api.Auth;

/// <summary>Networks from which somebody has logged in at this node lately: they have places where many strangers wait.</summary>
public sealed class RecentLogins
{
    private readonly Recent<CallerNetwork, bool> _networks = new(capacity: 10_000);

    /// <summary>Somebody has logged in.</summary>
    internal void Note(CallerNetwork network) => _networks.Add(network, true);

    /// <summary>Whether somebody has logged in from there.</summary>
    internal bool Knows(CallerNetwork network) => _networks.Find(network);
}
