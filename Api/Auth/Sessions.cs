using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Tms.Domain.Sessions;
using Tms.EventStore;
using Tms.Grains.Abstractions.Users;

namespace Tms.Api.Auth;

/// <summary>A user's login that lasts, as long as it is refreshed within 30 days, and 180 days at most.</summary>
/// <param name="Id">The family of its refresh tokens; the access tokens' <c>sid</c>.</param>
/// <param name="Tenant">The user's tenant.</param>
/// <param name="User">The user.</param>
/// <param name="UserVersion">The user's version when it began.</param>
/// <param name="RefreshToken">The token to refresh with next; told once, kept as a hash.</param>
public sealed record Session(Guid Id, TenantId Tenant, Guid User, int UserVersion, string RefreshToken);

/// <summary>Sessions by rotating refresh tokens. Using an old token again ends the whole family: somebody has stolen one.</summary>
/// <remarks>
/// The same old token with the same Idempotency-Key within two minutes gets the same successor, so that an answer lost in a tunnel
/// logs nobody out. The successor of such a refresh is derived from both and need not be kept.
/// </remarks>
public sealed class Sessions(IDatabase database, IEventReader log, SessionEnds ends, TimeProvider time)
{
    /// <summary>How long a session lasts that nobody refreshes.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    /// <summary>How long a session lasts at most, however often it is refreshed.</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(180);

    private static readonly TimeSpan ReplayWindow = TimeSpan.FromMinutes(2);

    private const string Insert = """
        insert into sessions (token_hash, family, tenant, user_id, user_version, expires_us, created_us, used_us, user_agent)
        values (@hash, @family, @tenant, @user, @version, @expires, @created, @used, @agent)
        """;

    /// <summary>Begins a session.</summary>
    public async Task<Session> Begin(Guid id, UserView user, string? userAgent, CancellationToken cancel)
    {
        var session = new Session(id, LoginGate.TenantOf(user), user.Id, user.Version, Text(RandomNumberGenerator.GetBytes(32)));
        await database.Execute(Insert, cancel, Row(session, time.GetUtcNow(), userAgent));
        return session;
    }

    /// <summary>Exchanges a refresh token for its successor; null where it does not hold.</summary>
    /// <param name="token">The refresh token.</param>
    /// <param name="key">The Idempotency-Key; null without one.</param>
    /// <param name="visit">The request: a token used twice ends its session.</param>
    /// <param name="cancel">Cancels the wait.</param>
    public async Task<Session?> Refresh(string token, string? key, Visit visit, CancellationToken cancel)
    {
        var found = await database.Query("select family, tenant, user_id, user_version, expires_us, replaced_us, created_us from sessions where token_hash = @hash", Found, cancel, ("hash", Hash(token)));
        if (found is not [var row] || row.ExpiresAt <= time.GetUtcNow() || row.CreatedAt + LongestLife <= time.GetUtcNow()) return null;

        var next = row.Session with { RefreshToken = key is null ? Text(RandomNumberGenerator.GetBytes(32)) : Derived(token, key) };
        if ((!row.IsReplaced && await Replace(token, key, Row(next, row.CreatedAt, visit.UserAgent), cancel)) || await IsReplay(token, key, cancel)) return await UnlessEnded(next, cancel);
        await End(row.Session.Id, row.Session.User, SessionEnd.TokenReused, visit.Correlation, cancel);
        return null;
    }

    /// <summary>Ends a session: none of its tokens holds any more on this node, and within a second on none.</summary>
    /// <exception cref="StoreUnavailableException">Nothing, or not everything, is known to have been done: end it again.</exception>
    public async Task End(Guid session, Guid user, SessionEnd reason, string correlation, CancellationToken cancel)
    {
        await ends.Commit(session, user, reason, correlation);
        await Forget(session, cancel);
    }

    /// <summary>The session that a refresh token belongs to, and whose it is; null where there is none.</summary>
    public async Task<(Guid Session, Guid User)?> Find(string token, CancellationToken cancel) =>
        (await database.Query("select family, user_id from sessions where token_hash = @hash", r => ((Guid, Guid)?)(r.GetGuid(0), r.GetGuid(1)), cancel, ("hash", Hash(token)))).FirstOrDefault();

    // Ended while its token was exchanged, or by somebody who did not live to delete its tokens.
    private async Task<Session?> UnlessEnded(Session session, CancellationToken cancel)
    {
        if (await log.Version(TenantId.Platform, new(SessionDecider.Stream, session.Id), cancel) == StreamVersion.Empty) return session;
        await Forget(session.Id, cancel);
        return null;
    }

    private Task Forget(Guid session, CancellationToken cancel) => database.Execute("delete from sessions where family = @family", cancel, ("family", session));

    /// <summary>When a session began; null where it has ended.</summary>
    public async Task<DateTimeOffset?> BegunAt(Guid session, CancellationToken cancel)
    {
        var rows = await database.Query("select expires_us, created_us from sessions where family = @family order by expires_us limit 1", r => Created(r, 0, 1), cancel, ("family", session));
        return rows is [var first] ? first : null;
    }

    private Task<bool> Replace(string token, string? key, (string, object?)[] next, CancellationToken cancel) => database.InTransaction(async (connection, transaction) =>
    {
        var first = await connection.Execute("update sessions set replaced_us = @now, replay_key = @key where token_hash = @hash and replaced_us is null", transaction, cancel,
            ("now", Micros.Of(time.GetUtcNow())), ("key", key is null ? Array.Empty<byte>() : Hash(key)), ("hash", Hash(token))) == 1;
        if (first)
        {
            await connection.Execute(Insert, transaction, cancel, next);
        }

        return first;
    }, cancel);

    private async Task<bool> IsReplay(string token, string? key, CancellationToken cancel)
    {
        var since = Micros.Of(time.GetUtcNow() - ReplayWindow);
        return key is not null && (await database.Query("select 1 from sessions where token_hash = @hash and replay_key = @key and replaced_us >= @since", _ => 1, cancel,
            ("hash", Hash(token)), ("key", Hash(key)), ("since", since))).Count == 1;
    }

    private (string, object?)[] Row(Session session, DateTimeOffset created, string? userAgent) =>
    [
        ("hash", Hash(session.RefreshToken)), ("family", session.Id), ("tenant", session.Tenant.Value), ("user", session.User), ("version", session.UserVersion),
        ("expires", Micros.Of(time.GetUtcNow() + Lifetime)), ("created", Micros.Of(created)), ("used", Micros.Of(time.GetUtcNow())), ("agent", userAgent),
    ];

    private static (Session Session, DateTimeOffset ExpiresAt, bool IsReplaced, DateTimeOffset CreatedAt) Found(DbDataReader r) =>
        (new Session(r.GetGuid(0), new(r.GetGuid(1)), r.GetGuid(2), r.GetInt32(3), ""), Micros.ToTime(r.GetInt64(4)), !r.IsDBNull(5), Created(r, 4, 6));

    // Rows of before there was a column for it.
    private static DateTimeOffset Created(DbDataReader r, int expires, int created) =>
        r.IsDBNull(created) ? Micros.ToTime(r.GetInt64(expires)) - Lifetime : Micros.ToTime(r.GetInt64(created));

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    private static string Derived(string token, string key) => Text(HMACSHA256.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(key)));

    private static string Text(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
