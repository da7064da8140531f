namespace Tms.Api.Realtime;

/// <summary>The rooms that one connection is in. Owned by the connection's pump.</summary>
internal sealed class LiveRooms
{
    // Ids may be written in upper case; names are answered as they are built here.
    private readonly HashSet<string> _joined = new(StringComparer.OrdinalIgnoreCase);
    private HashSet<string> _allowed = [];
    private string? _company;
    private string? _role;
    private string? _person;

    /// <summary>Whether the company's events go to this connection.</summary>
    public bool HasCompany { get; private set; }

    /// <summary>Whether what concerns its user alone goes to this connection; never to an API key's.</summary>
    public bool HasPerson { get; private set; }

    /// <summary>The joined rooms.</summary>
    public string[] Names => [.. _joined];

    /// <summary>Joins the rooms that every connection starts in: user, company, role.</summary>
    public void Enter(LiveCaller caller, Guid? company)
    {
        Allow(caller, company);
        _joined.UnionWith(_allowed.Where(static room => room != RoomName.Announcements));
        Settle();
    }

    /// <summary>Leaves what the caller may no longer be in; who was in the room of the old role is in that of the new one.</summary>
    public void Reevaluate(LiveCaller caller, Guid? company)
    {
        var inRole = _role is not null && _joined.Contains(_role);
        Allow(caller, company);
        _joined.IntersectWith(_allowed);
        if (inRole)
        {
            _joined.Add(_role!);
        }

        Settle();
    }

    /// <summary>Joins a room; false when the caller may not.</summary>
    public bool Join(string room)
    {
        if (!_allowed.TryGetValue(room, out var name)) return false;
        _joined.Add(name);
        Settle();
        return true;
    }

    /// <summary>Leaves a room; leaving one that was not joined is nothing.</summary>
    public void Leave(string room)
    {
        _joined.Remove(room);
        Settle();
    }

    private void Allow(LiveCaller caller, Guid? company)
    {
        _company = company is { } id ? RoomName.Company(id) : null;
        _role = RoomName.Role(caller.Role);

        // A key is no person and stands in no role.
        var isPerson = caller.Scopes is null;
        _person = isPerson ? RoomName.User(caller.UserId) : null;
        string?[] rooms = [_person, _company, isPerson ? _role : null, RoomName.Announcements];
        _allowed = rooms.OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    private void Settle() => (HasCompany, HasPerson) = (IsIn(_company), IsIn(_person));

    private bool IsIn(string? room) => room is not null && _joined.Contains(room);
}
