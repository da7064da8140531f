using System.Collections.Concurrent;

namespace Tms.Api.Security;

/// <summary>Which tokens no longer hold although they have not expired. Asked on every request: answers from memory.</summary>
public interface IRevocations
{
    /// <summary>Whether the caller's token, session or user was revoked after the token was made.</summary>
    bool IsRevoked(Caller caller);
}

/// <summary>Revocations that this node knows of, each kept as long as a token made before it could still hold.</summary>
public sealed class RecentRevocations(TimeProvider time) : IRevocations
{
    private static readonly TimeSpan Keep = TokenIssuer.Lifetime + TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _at = [];

    /// <summary>Ends one token or one session, by its id.</summary>
    public void End(Guid tokenOrSession) => Note(tokenOrSession, time.GetUtcNow() + Keep);

    /// <summary>Ends every token of a user that was made before now: deactivated, or another role.</summary>
    public void EndAllOf(Guid user) => Note(user, time.GetUtcNow());

    /// <inheritdoc />
    public bool IsRevoked(Caller caller)
    {
        if (_at.IsEmpty) return false;
        return _at.ContainsKey(caller.TokenId)
            || (caller.SessionId is { } session && _at.ContainsKey(session))
            || (_at.TryGetValue(caller.UserId, out var at) && MadeAt(caller.TokenId) < at.ToUnixTimeMilliseconds());
    }

    private void Note(Guid id, DateTimeOffset at)
    {
        _at[id] = at;
        var now = time.GetUtcNow();
        foreach (var (old, since) in _at)
        {
            if (since + Keep < now) _at.TryRemove(new KeyValuePair<Guid, DateTimeOffset>(old, since));
        }
    }

    // The first 48 bits of a UUID v7 are the milliseconds since 1970.
    private static long MadeAt(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return (long)(System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(bytes) >> 16);
    }
}
