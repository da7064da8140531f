using System.Collections.Concurrent;

namespace Tms.Api.Realtime;

/// <summary>
/// The users of connections that come in many requests (long polling, server-sent events): each request must be its own user's.
/// </summary>
/// <remarks>SignalR takes the id of a connection for enough. An id that leaks would give one user's events to another.</remarks>
internal sealed class LiveOwners
{
    private readonly ConcurrentDictionary<string, UserKey> _owners = new(StringComparer.Ordinal);

    /// <summary>Notes the user of a connection that begins.</summary>
    public void Enter(HttpContext? http, UserKey user)
    {
        if (IdOf(http) is { } id) _owners[id] = user;
    }

    /// <summary>Forgets a connection.</summary>
    public void Leave(HttpContext? http)
    {
        if (IdOf(http) is { } id) _owners.TryRemove(id, out _);
    }

    /// <summary>Whether a request names no connection, or one of its own user.</summary>
    public bool Admits(HttpContext http) =>
        IdOf(http) is not { } id || !_owners.TryGetValue(id, out var owner) || LiveCaller.From(http.User)?.Key == owner;

    /// <summary>Serves a request of its own user; anybody else's finds no such connection.</summary>
    public Task Guard(HttpContext http, RequestDelegate next)
    {
        if (Admits(http)) return next(http);
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static string? IdOf(HttpContext? http) => http?.Request.Query["id"] is [{ Length: > 0 } id] ? id : null;
}
