using System.Data.Common;
using Tms.Domain.Sessions;
using Tms.EventStore;
using Tms.Grains.Abstractions.Users;

namespace Tms.Api.Auth;

/// <summary>Sessions by rotating refresh tokens. Using an old token again ends the whole family: somebody has stolen one.</summary>
/// <remarks>
/// The same old token with the same Idempotency-Key within two minutes gets the same successor, so that an answer lost in a tunnel
/// logs nobody out. The successor of such a refresh is derived and need not be kept (<see cref="RefreshTokens"/>).
/// </remarks>
public sealed class Sessions(IDatabase database, IEventReader log, SessionEnds ends, RefreshTokens tokens, TimeProvider time)
{
    /// <summary>How long a session lasts that nobody refreshes.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    /// <summary>How long a session lasts at most, however often it is refreshed.</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(180);

    /// <summary>How many sessions a user has at most: more devices than anybody uses.</summary>
    public const int MostOfAUser = 100;

    private static readonly TimeSpan ReplayWindow = TimeSpan.FromMinutes(2);

    private const string Insert = """
        insert into sessions (token_hash, family, tenant, user_id, user_version, expires_us, created_us, used_us, user_agent)
        values (@hash, @family, @tenant, @user, @version, @expires, @created, @used, @agent)
        """;

    // Those that were not refreshed for the longest: a program that only logs in does not end the sessions of whoever works.
    private const string Oldest = """
        select family from sessions where tenant = @tenant and user_id = @user and replaced_us is null and expires_us > @now
        order by coalesce(used_us, expires_us - @lifetime) desc, family desc limit 20 offset @most
        """;

    private const string Columns = "select family, tenant, user_id, user_version, expires_us, replaced_us, created_us from sessions";

    /// <summary>Begins a session; ends the oldest where the user has too many.</summary>
    public async Task<Session> Begin(Guid id, UserView user, Visit visit, CancellationToken cancel)
    {
        var session = new Session(id, LoginGate.TenantOf(user), user.Id, user.Version, await tokens.Make(id, cancel));
        foreach (var old in await TooMany(session, cancel)) await End(old, user.Id, SessionEnd.Revoked, visit.Correlation, cancel);
        await database.Execute(Insert, cancel, Row(session, time.GetUtcNow(), visit.UserAgent));
        return session;
    }

    /// <summary>What is kept of a refresh token; null where it is nobody's.</summary>
    public async Task<ShownToken?> Find(string token, CancellationToken cancel) =>
        (await database.Query($"{Columns} where token_hash = @hash", r => Shown(r, token), cancel, ("hash", RefreshTokens.Hash(token))))
            .FirstOrDefault();

    /// <summary>Exchanges a refresh token for its successor; null where the session has ended. Everything else was asked before.</summary>
    /// <param name="shown">The token.</param>
    /// <param name="key">The Idempotency-Key; null without one.</param>
    /// <param name="visit">The request: a token used twice ends its session.</param>
    /// <param name="cancel">Cancels the wait.</param>
    public async Task<Session?> Exchange(ShownToken shown, string? key, Visit visit, CancellationToken cancel)
    {
        var session = shown.Session;
        if (await HasEnded(session.Id, cancel)) return null;

        var token = session.RefreshToken;
        var successor = key is null ? await tokens.Make(session.Id, cancel) : await tokens.After(session.Id, token, key, cancel);
        var next = session with { RefreshToken = successor };
        if (!shown.IsReplaced && await Replace(token, key, Row(next, shown.BegunAt, visit.UserAgent), cancel)) return next;
        if (key is not null && await IsReplay(token, key, cancel)) return await Replayed(next, token, key, cancel);
        await End(session.Id, session.User, SessionEnd.TokenReused, visit.Correlation, cancel);
        return null;
    }

    /// <summary>Ends a session: none of its tokens holds any more on this node, and within a second on none.</summary>
    /// <exception cref="StoreUnavailableException">Nothing, or not everything, is known to have been done: end it again.</exception>
    public async Task End(Guid session, Guid user, SessionEnd reason, string correlation, CancellationToken cancel)
    {
        await ends.Commit(session, user, reason, correlation);
        await Forget(session, cancel);
    }

    /// <summary>A session by its id, without a token; null where it has ended.</summary>
    public async Task<ShownToken?> Find(Guid session, CancellationToken cancel) =>
        (await database.Query(
            $"{Columns} where family = @family order by expires_us limit 1", r => Shown(r, token: ""), cancel, ("family", session)))
            .FirstOrDefault();

    private Task<List<Guid>> TooMany(Session fresh, CancellationToken cancel) => database.Query(Oldest, r => r.GetGuid(0), cancel,
        ("tenant", fresh.Tenant.Value), ("user", fresh.User), ("now", Micros.Of(time.GetUtcNow())), ("most", MostOfAUser - 1),
        ("lifetime", (long)Lifetime.TotalMicroseconds));

    // Asked before the token is used up. Whoever ends the session after it finds the successor by the family,
    // or leaves one that is found here the next time.
    private async Task<bool> HasEnded(Guid session, CancellationToken cancel)
    {
        if (await log.Version(TenantId.Platform, new(SessionDecider.Stream, session), cancel) == StreamVersion.Empty) return false;
        await Forget(session, cancel);
        return true;
    }

    private Task Forget(Guid session, CancellationToken cancel) =>
        database.Execute("delete from sessions where family = @family", cancel, ("family", session));

    private Task<bool> Replace(string token, string? key, (string, object?)[] next, CancellationToken cancel) =>
        database.InTransaction(async (connection, transaction) =>
    {
        var first = await connection.Execute(
            "update sessions set replaced_us = @now, replay_key = @key where token_hash = @hash and replaced_us is null", transaction,
            cancel,
            ("now", Micros.Of(time.GetUtcNow())), ("key", key is null ? Array.Empty<byte>() : RefreshTokens.Hash(key)),
            ("hash", RefreshTokens.Hash(token))) == 1;
        if (first)
        {
            await connection.Execute(Insert, transaction, cancel, next);
        }

        return first;
    }, cancel);

    private async Task<bool> IsReplay(string token, string key, CancellationToken cancel)
    {
        var since = Micros.Of(time.GetUtcNow() - ReplayWindow);
        return (await database.Query(
            "select 1 from sessions where token_hash = @hash and replay_key = @key and replaced_us >= @since", _ => 1, cancel,
            ("hash", RefreshTokens.Hash(token)), ("key", RefreshTokens.Hash(key)), ("since", since))).Count == 1;
    }

    // In a rolling upgrade an earlier release may have answered first, with the token that it derives.
    private async Task<Session> Replayed(Session next, string token, string key, CancellationToken cancel) =>
        await Find(next.RefreshToken, cancel) is null ? next with { RefreshToken = RefreshTokens.EarlierAfter(token, key) } : next;

    private (string, object?)[] Row(Session session, DateTimeOffset created, string? userAgent) =>
    [
        ("hash", RefreshTokens.Hash(session.RefreshToken)), ("family", session.Id), ("tenant", session.Tenant.Value),
        ("user", session.User), ("version", session.UserVersion),
        ("expires", Micros.Of(time.GetUtcNow() + Lifetime)), ("created", Micros.Of(created)), ("used", Micros.Of(time.GetUtcNow())),
        ("agent", userAgent),
    ];

    private static ShownToken Shown(DbDataReader r, string token) =>
        new(
            new Session(r.GetGuid(0), new(r.GetGuid(1)), r.GetGuid(2), r.GetInt32(3), token), Micros.ToTime(r.GetInt64(4)), !r.IsDBNull(5),
            Created(r, 4, 6));

    // Rows of before there was a column for it.
    private static DateTimeOffset Created(DbDataReader r, int expires, int created) =>
        r.IsDBNull(created) ? Micros.ToTime(r.GetInt64(expires)) - Lifetime : Micros.ToTime(r.GetInt64(created));
}
