using System.Collections.Concurrent;
using Tms.Api.Realtime;

namespace Tms.Api.Tests.Realtime;

/// <summary>The shared counts as the test wants them: other nodes have so many, or nobody answers.</summary>
internal sealed class FakeLeases : IConnectionLeases
{
    private readonly ConcurrentDictionary<UserKey, int> _here = [];

    public int Elsewhere { get; set; }

    public bool Down { get; set; }

    /// <summary>What this node said last.</summary>
    public int Said(Guid user) => _here.SingleOrDefault(said => said.Key.User == user).Value;

    public Task<bool> Enter(UserKey user, int connections, int limit)
    {
        if (Down) throw new TimeoutException("Nobody answers.");
        var may = connections + Elsewhere <= limit;
        _here[user] = may ? connections : connections - 1;
        return Task.FromResult(may);
    }

    public void Renew(UserKey user, int connections) => _here[user] = connections;
}
