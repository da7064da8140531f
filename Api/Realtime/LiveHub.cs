using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Tms.Api.Security;
using Tms.Domain.Users;

namespace Tms.Api.Realtime;

/// <summary>What clients call on <c>/hubs/live</c> (contract, section 7). Everything is done by the connection's pump.</summary>
internal sealed class LiveHub(ITokenValidator tokens) : Hub
{
    private const int LongestToken = 16 << 10;

    private LiveConnection Connection => Context.Features.Get<LiveConnection>() ?? throw new HubException("The connection is closing.");

    /// <summary>Joins rooms, and with <c>since</c> is served again from there.</summary>
    /// <param name="request"><c>{channels,since?,epoch?}</c>.</param>
    [Requires(Permission.Live)]
    public async Task Subscribe(JsonElement request)
    {
        if (ChannelRequest.TryParse(request, mayResume: true, out var channels, out var fault))
        {
            await Connection.Ask(new LiveRequest.Join(channels.Channels, new(channels.Since, channels.Epoch)));
            return;
        }

        await Refuse("invalid_request", fault);
    }

    /// <summary>Leaves rooms.</summary>
    /// <param name="request"><c>{channels}</c>.</param>
    [Requires(Permission.Live)]
    public async Task Unsubscribe(JsonElement request)
    {
        if (ChannelRequest.TryParse(request, mayResume: false, out var channels, out var fault))
        {
            await Connection.Ask(new LiveRequest.Leave(channels.Channels));
            return;
        }

        await Refuse("invalid_request", fault);
    }

    /// <summary>Keeps the connection beyond the token's expiry: from here on the newer token counts.</summary>
    /// <param name="token">An access token of the same user that expires no earlier.</param>
    [Requires(Permission.Live)]
    public async Task RefreshToken(JsonElement token)
    {
        var caller = await Caller(token);
        if (caller is null || caller.UserId != Connection.Caller.UserId || caller.ExpiresAt < Connection.Caller.ExpiresAt)
        {
            await Refuse(UserCodes.InvalidToken, "A valid, newer token of the same user is needed.");
            return;
        }

        await Connection.Ask(new LiveRequest.Renew(caller));
    }

    private async Task<LiveCaller?> Caller(JsonElement token)
    {
        var text = token.ValueKind == JsonValueKind.String ? token.GetString()! : "";
        return text.Length is > 0 and <= LongestToken ? LiveCaller.From(await tokens.Validate(text)) : null;
    }

    private async Task Refuse(string code, string message)
    {
        await Connection.Ask(new LiveRequest.Fault(new(code, message)));
        throw new HubException($"{code}: {message}");
    }
}
