using System.Buffers.Binary;
using System.Security.Cryptography;
using Tms.Api.Http;
using Tms.EventStore;

namespace Tms.Api.Ops;

/// <summary>Ties forms to the browser that asked for them: what another site posts is not taken.</summary>
/// <remarks>
/// A form's token is its time, sealed with the key that all nodes share. It holds for an hour, and only with its cookie or session.
/// </remarks>
internal sealed class OpsForms(Cursors seals, TimeProvider time)
{
    /// <summary>Name of the field that holds the token.</summary>
    public const string Field = "form";

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>The token of a login form; its cookie is set where the browser has none.</summary>
    public string ForLogin(HttpContext context)
    {
        var browser = context.Request.Cookies[OpsCookie.Form] is { Length: > 0 and <= 64 } known
            ? known
            : Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        OpsCookie.Set(context, OpsCookie.Form, browser);
        return Make("ops-login", browser);
    }

    /// <summary>The token of a session's logout form.</summary>
    public string ForLogout(Guid session) => Make("ops-logout", session.ToString());

    /// <summary>Whether a login form was made for the browser that posts it.</summary>
    public bool IsLogin(HttpContext context, string token) =>
        IsOwn(context.Request) && context.Request.Cookies[OpsCookie.Form] is { } browser && Holds("ops-login", browser, token);

    /// <summary>Whether a logout form was made for the session that posts it.</summary>
    public bool IsLogout(HttpContext context, Guid session, string token) =>
        IsOwn(context.Request) && Holds("ops-logout", session.ToString(), token);

    // Every browser of today says where a request comes from; the token serves those that do not.
    private static bool IsOwn(HttpRequest request) => request.Headers["Sec-Fetch-Site"] is [] or ["same-origin"] or ["none"];

    private string Make(string form, string owner)
    {
        Span<byte> now = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(now, Micros.Of(time.GetUtcNow()));
        return seals.Seal(Scope(form, owner), now);
    }

    private bool Holds(string form, string owner, string token) =>
        seals.TryOpen(Scope(form, owner), token, out var made) && made.Length == sizeof(long)
        && Micros.ToTime(BinaryPrimitives.ReadInt64BigEndian(made)) + Lifetime > time.GetUtcNow();

    private static CursorScope Scope(string form, string owner) => new(TenantId.Platform, form, owner);
}
