namespace Tms.Api.Realtime;

/// <summary>How many connections each user has on this node.</summary>
internal sealed class UserConnections(int limit)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, int> _counts = [];

    /// <summary>Counts one more; false when the user has as many as one may have.</summary>
    public bool TryEnter(Guid user)
    {
        lock (_gate)
        {
            var count = _counts.GetValueOrDefault(user);
            if (count >= limit)
            {
                return false;
            }

            _counts[user] = count + 1;
            return true;
        }
    }

    /// <summary>Counts one less.</summary>
    public void Leave(Guid user)
    {
        lock (_gate)
        {
            if (--_counts[user] == 0)
            {
                _counts.Remove(user);
            }
        }
    }
}
