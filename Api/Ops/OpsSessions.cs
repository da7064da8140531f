using Tms.Api.Auth;
using Tms.Api.Hosting;
using Tms.Api.Http;
using Tms.Api.Security;
using Tms.Domain.Sessions;
using Tms.Domain.Users;
using Tms.Grains.Abstractions.Users;

namespace Tms.Api.Ops;

/// <summary>
/// Sessions of the operators' pages: a cookie with an access token of our own that holds nowhere else, renewed while it is used, 8 hours at
/// most.
/// </summary>
/// <remarks>
/// The token is signed like every other, for an audience of its own: it is no bearer token of the API, and no bearer token is a cookie.
/// Renewing asks the store: an ended session, or somebody who is no active ADMIN any more, is out within a quarter of an hour on every
/// node; a logout within a second.
/// </remarks>
internal sealed class OpsSessions
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(8);
    private readonly LoginDesk _desk;
    private readonly LoginGate _gate;
    private readonly Sessions _sessions;
    private readonly TimeProvider _time;
    private readonly TokenIssuer _issuer;
    private readonly TokenReader _reader;

    public OpsSessions(
        IServiceProvider services, ApiSettings settings, LoginDesk desk, LoginGate gate, Sessions sessions, TimeProvider time)
    {
        (_desk, _gate, _sessions, _time) = (desk, gate, sessions, time);
        var own = settings with { Tokens = (settings.Tokens.Issuer, settings.Tokens.Audience + "/ops") };
        _issuer = ActivatorUtilities.CreateInstance<TokenIssuer>(services, own);
        _reader = ActivatorUtilities.CreateInstance<TokenReader>(services, own);
    }

    /// <summary>Begins a session of an ADMIN whose credentials were checked; false where they do not hold any more.</summary>
    public async Task<bool> Begin(HttpContext context, LoginProof proof)
    {
        var (user, id, visit) = (proof.User!, Guid.CreateVersion7(_time.GetUtcNow()), Visit.Of(context));
        if (!await _gate.Enter(proof, id, visit)) return false;
        await _sessions.Begin(id, user, visit, context.RequestAborted);
        Grant(context, user, id);
        return true;
    }

    /// <summary>Who the cookie says calls; null where it does not hold. Renews it in the second half of its time.</summary>
    public async ValueTask<CallerPrincipal?> Find(HttpContext context)
    {
        if (context.Request.Cookies[OpsCookie.Session] is not { Length: > 0 } token) return null;
        if (await _reader.Read(token, context.RequestAborted) is not { Caller.SessionId: not null } principal) return null;
        if (principal.Caller.ExpiresAt - _time.GetUtcNow() < TokenIssuer.Lifetime / 2) await Renew(context, principal.Caller);
        return principal;
    }

    /// <summary>Ends the session of a caller, and has the browser forget it.</summary>
    public async Task End(HttpContext context, Caller caller)
    {
        await _sessions.End(
            caller.SessionId!.Value, caller.UserId, SessionEnd.Logout, context.Facts().CorrelationId, context.RequestAborted);
        OpsCookie.Forget(context, OpsCookie.Session);
    }

    private async Task Renew(HttpContext context, Caller caller)
    {
        var session = caller.SessionId!.Value;
        if (await _sessions.Find(session, context.RequestAborted) is not { } kept) return;
        if (_time.GetUtcNow() + TokenIssuer.Lifetime > kept.BegunAt + Longest) return;
        if (await _desk.Find(caller.Home, caller.UserId) is { Role: Role.Admin } user && kept.Session.GoesOnFor(user))
            Grant(context, user, session);
    }

    private void Grant(HttpContext context, UserView user, Guid session) =>
        OpsCookie.Set(context, OpsCookie.Session, _issuer.Issue(user, session).Token);
}
