using Microsoft.AspNetCore.SignalR;
using Tms.Domain.Users;

namespace Tms.Api.Realtime;

/// <summary>The <c>progress</c> messages of one company: those who are at the same place share one.</summary>
internal sealed class ProgressMessages
{
    private readonly Entry?[] _latest = new Entry?[(int)Role.Admin + 1];

    /// <summary>The message for a position served to a role.</summary>
    public SerializedHubMessage At(long position, Guid history, Role role)
    {
        var found = Volatile.Read(ref _latest[(int)role]);
        if (found is null || found.Position != position)
        {
            var payload = new PositionMessage(position, LiveEpoch.Format(history, role));
            found = new(position, LiveEvent.Serialized(LiveMessage.Progress, payload));
            Volatile.Write(ref _latest[(int)role], found);
        }

        return found.Message;
    }

    private sealed record Entry(long Position, SerializedHubMessage Message);
}
