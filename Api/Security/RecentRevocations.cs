using System.Collections.Concurrent;

namespace Tms.Api.Security;

/// <summary>Revocations that this node knows of, each kept as long as a token made before it could still hold.</summary>
public sealed class RecentRevocations(TimeProvider time) : IRevocations
{
    /// <summary>How long a revocation matters: a token's lifetime, and a minute for clocks that differ.</summary>
    public static readonly TimeSpan Keep = TokenIssuer.Lifetime + TimeSpan.FromMinutes(1);

    private static readonly TimeSpan SweepPause = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<Guid, Revocation> _revoked = [];
    private long _sweepAt;
    private volatile bool _any;

    /// <summary>Ends one token or one session, by its id.</summary>
    /// <param name="tokenOrSession">Which.</param>
    /// <param name="at">When; null: now.</param>
    public void End(Guid tokenOrSession, DateTimeOffset? at = null) =>
        Note(tokenOrSession, Revocation.OfAll(new(long.MaxValue, null), (at ?? time.GetUtcNow()) + Keep));

    /// <summary>Ends every token of a user that was made before a change: deactivated, or another role.</summary>
    /// <param name="user">Whose.</param>
    /// <param name="at">When; null: now. What tokens without a version go by.</param>
    /// <param name="version">The user's version right after the change; null: unknown.</param>
    /// <param name="kept">The session whose tokens go on; null: none.</param>
    public void EndAllOf(Guid user, DateTimeOffset? at = null, int? version = null, Guid? kept = null)
    {
        var since = at ?? time.GetUtcNow();
        var mark = new RevocationMark(since.ToUnixTimeMilliseconds(), version);
        Note(user, kept is { } session ? Revocation.OfAllBut(session, mark, since + Keep) : Revocation.OfAll(mark, since + Keep));
    }

    /// <summary>Whether what this node knows names a token, its session, or its user after what the token was made from.</summary>
    public bool Names(Guid user, Guid token, Guid? session, int? version) =>
        _any && (IsNamed(token, token, null, null) || IsNamed(user, token, session, version)
            || (session is { } id && IsNamed(id, token, null, null)));

    /// <inheritdoc />
    public ValueTask<bool> IsRevoked(Caller caller, CancellationToken cancel) =>
        ValueTask.FromResult(Names(caller.UserId, caller.TokenId, caller.SessionId, caller.UserVersion));

    /// <inheritdoc />
    public bool IsSure => true;

    /// <inheritdoc />
    public Task Follow(CancellationToken cancel) => Task.CompletedTask;

    private bool IsNamed(Guid id, Guid token, Guid? session, int? version) =>
        _revoked.TryGetValue(id, out var revocation) && revocation.Ends(token, session, version);

    private void Note(Guid id, Revocation revocation)
    {
        _revoked.AddOrUpdate(id, static (_, given) => given, static (_, known, given) => known.And(given), revocation);
        _any = true;
        var now = time.GetUtcNow();
        if (now.UtcTicks < Volatile.Read(ref _sweepAt)) return;
        Volatile.Write(ref _sweepAt, (now + SweepPause).UtcTicks);
        foreach (var old in _revoked.Where(known => known.Value.Until < now)) _revoked.TryRemove(old);
    }
}
