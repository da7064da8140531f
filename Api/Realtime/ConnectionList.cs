namespace Tms.Api.Realtime;

/// <summary>Some connections of this node; going through them copies nothing while nobody comes or goes.</summary>
internal sealed class ConnectionList
{
    private readonly Lock _gate = new();
    private readonly HashSet<LiveConnection> _members = [];
    private LiveConnection[]? _snapshot = [];

    /// <summary>How many there are.</summary>
    public int Count => Snapshot().Length;

    /// <summary>Adds one.</summary>
    public void Add(LiveConnection connection)
    {
        lock (_gate)
        {
            _members.Add(connection);
            _snapshot = null;
        }
    }

    /// <summary>Removes one.</summary>
    public void Remove(LiveConnection connection)
    {
        lock (_gate)
        {
            _members.Remove(connection);
            _snapshot = null;
        }
    }

    /// <summary>The connections of now.</summary>
    public LiveConnection[] Snapshot()
    {
        lock (_gate)
        {
            return _snapshot ??= [.. _members];
        }
    }

    /// <summary>Wakes all pumps.</summary>
    public void Wake()
    {
        foreach (var connection in Snapshot())
        {
            connection.Wake();
        }
    }

    /// <summary>Ends all connections with a reason.</summary>
    public void Close(CloseReason reason)
    {
        foreach (var connection in Snapshot())
        {
            connection.Close(reason);
        }
    }
}
