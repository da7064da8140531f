using System.Buffers.Binary;
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
    public void End(Guid tokenOrSession, DateTimeOffset? at = null) => Note(tokenOrSession, new(long.MaxValue, null, (at ?? time.GetUtcNow()) + Keep));

    /// <summary>Ends every token of a user that was made before a change: deactivated, or another role.</summary>
    /// <param name="user">Whose.</param>
    /// <param name="at">When; null: now. What tokens without a version go by.</param>
    /// <param name="version">The user's version right after the change; null: unknown.</param>
    public void EndAllOf(Guid user, DateTimeOffset? at = null, int? version = null)
    {
        var since = at ?? time.GetUtcNow();
        Note(user, new(since.ToUnixTimeMilliseconds(), version, since + Keep));
    }

    /// <summary>Whether what this node knows names a token, its session, or its user after what the token was made from.</summary>
    public bool Names(Guid user, Guid token, Guid? session, int? version) =>
        _any && (IsNamed(token, token, null) || IsNamed(user, token, version) || (session is { } id && IsNamed(id, token, null)));

    /// <inheritdoc />
    public ValueTask<bool> IsRevoked(Caller caller, CancellationToken cancel) => ValueTask.FromResult(Names(caller.UserId, caller.TokenId, caller.SessionId, caller.UserVersion));

    /// <inheritdoc />
    public bool IsSure => true;

    /// <inheritdoc />
    public Task Follow(CancellationToken cancel) => Task.CompletedTask;

    private bool IsNamed(Guid id, Guid token, int? version) => _revoked.TryGetValue(id, out var revocation) && revocation.Ends(token, version);

    private void Note(Guid id, Revocation revocation)
    {
        _revoked.AddOrUpdate(id, static (_, given) => given, static (_, known, given) => known.And(given), revocation);
        _any = true;
        var now = time.GetUtcNow();
        if (now.UtcTicks < Volatile.Read(ref _sweepAt)) return;
        Volatile.Write(ref _sweepAt, (now + SweepPause).UtcTicks);
        foreach (var old in _revoked.Where(known => known.Value.Until < now)) _revoked.TryRemove(old);
    }

    // The first 48 bits of a UUID v7 are the milliseconds since 1970.
    private static long MadeAt(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return (long)(BinaryPrimitives.ReadUInt64BigEndian(bytes) >> 16);
    }

    /// <param name="Before">Tokens made up to this millisecond do not hold, where no versions say it better.</param>
    /// <param name="Version">Tokens made from an earlier version of their user do not hold; null: the time decides.</param>
    /// <param name="Until">When there are no such tokens any more.</param>
    private readonly record struct Revocation(long Before, int? Version, DateTimeOffset Until)
    {
        // Versions are the user's own count: no two clocks are compared.
        public bool Ends(Guid token, int? version) => Version is { } changed && version is { } made ? made < changed : MadeAt(token) <= Before;

        public Revocation And(Revocation later) => new(
            Math.Max(Before, later.Before), Version is null || later.Version > Version ? later.Version : Version, Until > later.Until ? Until : later.Until);
    }
}
