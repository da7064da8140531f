using System.Diagnostics;
using Tms.Domain.Access;

namespace Tms.Api.Realtime;

/// <summary>
/// What one connection sends: its place, its rooms, who it is. Only the connection's loop calls it, so nothing here is locked.
/// </summary>
internal sealed class LivePump(LiveOutbox outbox, LiveStart start, LiveCursor cursor, LiveServices live)
{
    private const int Batch = 64;

    private readonly LiveRooms _rooms = new();
    private volatile LiveCaller _caller = start.Caller;
    private LiveRights? _rights = RightsOf(start.Caller, start.Company);
    private Viewer? _viewer;

    /// <summary>Who is connected, by the latest token. Any thread.</summary>
    public LiveCaller Caller => _caller;

    /// <summary>When progress is sent.</summary>
    public LiveProgress Progress { get; } = new(outbox, live);

    /// <summary>Whether there is something to send, and this node knows who may see it.</summary>
    public bool MayGoOn => cursor.IsBehind && live.Tokens.IsSure;

    /// <summary>Finds the place to start from and says it.</summary>
    public async Task Open()
    {
        await cursor.Sync();
        _rooms.Enter(_caller, start.Company);
        var resumes = await cursor.CanServe(start.Resume, _rights);
        await MoveTo(resumes ? start.Resume.Since!.Value : cursor.Head);
        await outbox.Send(LiveMessage.Connected, new ConnectedMessage(
            _caller.UserId, start.Company, outbox.ConnectionId, _rooms.Names, cursor.Position, cursor.EpochFor(_rights)));
        if (start.Resume.Since is not null && !resumes && cursor.Follows)
        {
            await Resync();
        }
    }

    /// <summary>Sends the next events, some at a time, then progress when it is due.</summary>
    /// <param name="interrupted">Whether something else must come first.</param>
    public async ValueTask Send(Func<bool> interrupted)
    {
        var sent = 0;
        for (var n = 0; n < Batch && MayGoOn && !interrupted(); n++)
        {
            var e = await cursor.Next();
            if (await MaySee(e) && await Shown(e) is { Message: not null } shown)
            {
                using var span = LiveTraces.Send(shown);
                await outbox.Send(shown);
                sent++;
            }

            cursor.Pass(e);
        }

        if (sent > 0)
        {
            live.Metrics.Sent(sent);
        }

        if (cursor.Follows) await Progress.Report(cursor, _rights);
    }

    // Judged when it is written: with the caller, the rooms and the modules of that moment.
    private ValueTask<bool> MaySee(LiveEvent e) => (_viewer ??= Viewer()).Sees(e.Grounds, live.Companies);

    private Viewer Viewer() => new(start.Company!.Value, _caller.May)
    {
        Person = _rooms.HasPerson ? _caller.UserId : null,
        SeesCompany = _rooms.HasCompany,
    };

    /// <summary>Does what a hub method asked for.</summary>
    /// <returns>A reason when the connection cannot go on.</returns>
    public async ValueTask<CloseReason?> Serve(LiveRequest request)
    {
        // Rooms or caller may change: who sees what is asked anew.
        _viewer = null;
        switch (request)
        {
            case LiveRequest.Join join:
                await Join(join);
                return null;
            case LiveRequest.Leave leave:
                Array.ForEach(leave.Rooms, _rooms.Leave);
                return null;
            case LiveRequest.Fault fault:
                await outbox.Send(LiveMessage.Error, fault.Error);
                return null;
            case LiveRequest.Renew renew:
                return await Renew(renew.Caller);
            default:
                throw new UnreachableException();
        }
    }

    private ValueTask<LiveEvent> Shown(LiveEvent e) => e.Stored is null ? new(e) : live.Events.Open(e, outbox.Aborted);

    private async ValueTask Join(LiveRequest.Join join)
    {
        foreach (var room in join.Rooms)
        {
            if (!_rooms.Join(room))
            {
                await outbox.Send(
                    LiveMessage.Error, new ErrorMessage("channel_forbidden", "There is no such room for this connection.", room));
            }
        }

        if (join.Resume.Since is not null && cursor.Follows)
        {
            await Rewind(join.Resume);
        }
    }

    private async ValueTask Rewind(ResumePoint point)
    {
        await cursor.Sync();

        // Without an epoch it is a place of this very connection.
        var can = point.Epoch is null ? cursor.Reaches(point) : await cursor.CanServe(point, _rights);
        if (!can) await Resync();
        else if (point.Since < cursor.Position) await MoveTo(point.Since.Value);
    }

    private async ValueTask<CloseReason?> Renew(LiveCaller caller)
    {
        if (!caller.TryFollow(start.Named, out var company) || company != start.Company)
        {
            return CloseReason.CompanyChanged;
        }

        var before = _rights;
        (_caller, _rights) = (caller, RightsOf(caller, company));
        _rooms.Reevaluate(caller, company);
        if (before is not null && !before.Cover(_rights!))
        {
            await cursor.Sync();
            await Resync();
        }

        return null;
    }

    /// <summary>The client is told to read everything anew, and is served from now on.</summary>
    private async ValueTask Resync()
    {
        await MoveTo(cursor.Head);
        await outbox.Send(LiveMessage.Resync, new PositionMessage(cursor.Position, cursor.EpochFor(_rights)!));
    }

    private async ValueTask MoveTo(long position)
    {
        await cursor.MoveTo(position);
        Progress.StartAt(position);
    }

    private static LiveRights? RightsOf(LiveCaller caller, Guid? company) =>
        company is { } followed ? LiveRights.Of(caller, followed) : null;
}
