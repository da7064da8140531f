using System.Text.Json.Serialization;
using Tms.Domain.Users;

namespace Tms.Api.Realtime;

/// <summary>Names of the messages that the hub sends (contract, section 7).</summary>
internal static class LiveMessage
{
    public const string Connected = "connected";
    public const string Event = "event";
    public const string Progress = "progress";
    public const string Resync = "resync";
    public const string Error = "error";
}

/// <summary>The first message of a connection.</summary>
/// <param name="UserId">Who.</param>
/// <param name="CompanyId">Whose events; null: none.</param>
/// <param name="ConnectionId">SignalR's id of the connection.</param>
/// <param name="Rooms">The rooms it is in.</param>
/// <param name="Position">Where it is served from: the next event has a higher one.</param>
/// <param name="Epoch">What <paramref name="Position"/> counts in.</param>
internal sealed record ConnectedMessage(Guid UserId, Guid? CompanyId, string ConnectionId, string[] Rooms, long Position, string? Epoch);

/// <summary>
/// A place in the company's log: everything visible up to it was sent (<c>progress</c>), or must be read anew (<c>resync</c>).
/// </summary>
/// <param name="Position">The company's own count of its events.</param>
/// <param name="Epoch">What it counts in.</param>
internal sealed record PositionMessage(long Position, string Epoch);

/// <summary>Something that the client did, or that happens to its connection, is wrong.</summary>
/// <param name="Code">Stable, snake_case.</param>
/// <param name="Message">One sentence for a person.</param>
/// <param name="Channel">The room it is about.</param>
internal sealed record ErrorMessage(
    string Code,
    string Message,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Channel = null);

/// <summary>Why the server ends a connection.</summary>
/// <param name="Code">Stable, snake_case; also the error of SignalR's close message.</param>
/// <param name="Message">One sentence for a person.</param>
/// <param name="MayReconnect">Whether connecting again at once makes sense.</param>
internal sealed record CloseReason(string Code, string Message, bool MayReconnect)
{
    public static readonly CloseReason InvalidToken =
        new(UserCodes.InvalidToken, "The token lacks a claim that live connections need.", false);
    public static readonly CloseReason InvalidSince = new("invalid_since", "since must be a whole number.", false);
    public static readonly CloseReason InvalidCompany = new("invalid_company", "companyId must be a UUID.", false);
    public static readonly CloseReason CompanyForbidden = new("company_forbidden", "Only an ADMIN may follow another company.", false);
    public static readonly CloseReason CompanyChanged =
        new("company_changed", "The new token belongs to another company: connect again.", true);
    // Connections that a bad network has cut count until they are silent for long enough: a client that tries again gets in then.
    public static readonly CloseReason TooMany =
        new("too_many_connections", "This user has as many live connections as one may have.", true);
    public static readonly CloseReason TokenExpired = new("token_expired", "The access token has expired: connect with a new one.", true);
    public static readonly CloseReason Revoked =
        new("session_revoked", "What the token says no longer holds: get a new one, or log in again.", false);
    public static readonly CloseReason RateLimited = new("rate_limited", "Too many messages, for too long.", false);
    public static readonly CloseReason SlowClient = new("slow_client", "The client does not read: connect again and resume.", true);
    public static readonly CloseReason FarBehind = new("too_far_behind", "The client is further behind than can be resumed.", true);
    public static readonly CloseReason HistoryChanged = new("history_changed", "The log was restored: connect again.", true);
    public static readonly CloseReason Unavailable = new("unavailable", "The log cannot be read now: connect again and resume.", true);
    public static readonly CloseReason Shutdown = new("server_shutdown", "This node stops: connect again and resume.", true);
}
