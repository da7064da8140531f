using System.Collections.Frozen;
using Microsoft.IdentityModel.Tokens;

namespace Tms.Api.Security;

/// <summary>
/// One key of access tokens, and its times: all follow from when it, its predecessor and its successor were made or withdrawn, so that
/// nodes agree without speaking.
/// </summary>
/// <param name="Key">The key, with its <c>kid</c>.</param>
/// <param name="SignsFrom">When it begins to sign, UTC.</param>
/// <param name="EndsAt">When the last token that it may have signed has expired, UTC; the end of time while it has no successor.</param>
/// <param name="WithdrawnAt">Since when none of its tokens holds, UTC; null: it was not withdrawn.</param>
public sealed record SigningKey(ECDsaSecurityKey Key, DateTimeOffset SignsFrom, DateTimeOffset EndsAt, DateTimeOffset? WithdrawnAt = null)
{
    internal bool IsWithdrawn => WithdrawnAt is not null;

    // One that was withdrawn while it waited never did, and is nobody's successor.
    internal bool Signs => WithdrawnAt is null || WithdrawnAt > SignsFrom;

    internal bool HoldsAt(DateTimeOffset now) => !IsWithdrawn && now < EndsAt;
}

/// <summary>The keys as the store last had them, oldest first, the withdrawn ones among them.</summary>
internal sealed class SigningKeyRing
{
    private readonly FrozenDictionary<string, SigningKey> _byKid;
    private readonly bool _anyWithdrawn;

    public SigningKeyRing(IReadOnlyList<(ECDsaSecurityKey Key, DateTimeOffset CreatedAt, DateTimeOffset? WithdrawnAt)> keys)
    {
        All = End(Begin(keys));
        _byKid = All.ToFrozenDictionary(key => key.Key.KeyId);
        _anyWithdrawn = All.Any(key => key.IsWithdrawn);
    }

    public IReadOnlyList<SigningKey> All { get; }

    /// <summary>The newest key that was not withdrawn; the newest of all where all were.</summary>
    public SigningKey Newest => All.LastOrDefault(key => !key.IsWithdrawn) ?? All[^1];

    /// <summary>The newest key that signs at a time; the first where that is before all of them.</summary>
    public SigningKey At(DateTimeOffset now)
    {
        for (var i = All.Count - 1; i >= 0; i--)
        {
            if (All[i].SignsFrom <= now && All[i].HoldsAt(now)) return All[i];
        }

        return All.FirstOrDefault(key => key.HoldsAt(now)) ?? All[^1];
    }

    /// <summary>Whether the key that signs was withdrawn and none followed it: what is left has ended, or soon will.</summary>
    public bool NeedsNext(DateTimeOffset now) =>
        At(now) is var current && (current.IsWithdrawn || current.EndsAt <= now + SigningKeys.Afterwards);

    /// <summary>The key of a <c>kid</c> while its tokens may hold; null for any other.</summary>
    public ECDsaSecurityKey? Find(string kid, DateTimeOffset now) =>
        _byKid.TryGetValue(kid, out var key) && key.HoldsAt(now) ? key.Key : null;

    /// <summary>The key of a <c>kid</c>, ended or not; null for one that was withdrawn.</summary>
    public ECDsaSecurityKey? FindEver(string kid) => _byKid.TryGetValue(kid, out var key) && !key.IsWithdrawn ? key.Key : null;

    public bool Knows(string kid) => _byKid.ContainsKey(kid);

    public bool IsWithdrawn(string kid) => _anyWithdrawn && _byKid.TryGetValue(kid, out var key) && key.IsWithdrawn;

    // Nobody waits for the first, nor for the one that follows a withdrawn one.
    private static SigningKey[] Begin(IReadOnlyList<(ECDsaSecurityKey Key, DateTimeOffset CreatedAt, DateTimeOffset? WithdrawnAt)> keys)
    {
        var begun = new SigningKey[keys.Count];
        SigningKey? signer = null;
        for (var i = 0; i < begun.Length; i++)
        {
            var (key, made, withdrawn) = keys[i];
            begun[i] = new SigningKey(key, signer is null ? made : Next(made, signer.WithdrawnAt), DateTimeOffset.MaxValue, withdrawn);
            if (begun[i].Signs) signer = begun[i];
        }

        return begun;
    }

    private static DateTimeOffset Next(DateTimeOffset made, DateTimeOffset? withdrawn)
    {
        var published = made + SigningKeys.Ahead;
        if (withdrawn is not { } at || at >= published) return published;
        return at > made ? at : made;
    }

    private static SigningKey[] End(SigningKey[] keys)
    {
        var ends = DateTimeOffset.MaxValue;
        for (var i = keys.Length - 1; i >= 0; i--)
        {
            keys[i] = keys[i] with { EndsAt = ends };
            if (keys[i].Signs) ends = keys[i].SignsFrom + SigningKeys.Afterwards;
        }

        return keys;
    }
}
