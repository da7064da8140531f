using System.Collections.Frozen;
using Microsoft.IdentityModel.Tokens;

namespace Tms.Api.Security;

/// <summary>One key of access tokens, and its times: all follow from when it and its successor were made, so that nodes agree without speaking.</summary>
/// <param name="Key">The key, with its <c>kid</c>.</param>
/// <param name="SignsFrom">When it begins to sign, UTC.</param>
/// <param name="EndsAt">When the last token that it may have signed has expired, UTC; the end of time while it has no successor.</param>
public sealed record SigningKey(ECDsaSecurityKey Key, DateTimeOffset SignsFrom, DateTimeOffset EndsAt);

/// <summary>The keys as the store last had them, oldest first.</summary>
internal sealed class SigningKeyRing
{
    private readonly FrozenDictionary<string, SigningKey> _byKid;

    public SigningKeyRing(IReadOnlyList<(ECDsaSecurityKey Key, DateTimeOffset CreatedAt)> keys)
    {
        All = [.. keys.Select((key, i) => new SigningKey(key.Key, SignsFrom(keys, i), i + 1 < keys.Count ? SignsFrom(keys, i + 1) + SigningKeys.Afterwards : DateTimeOffset.MaxValue))];
        _byKid = All.ToFrozenDictionary(key => key.Key.KeyId);
    }

    public IReadOnlyList<SigningKey> All { get; }

    public SigningKey Newest => All[^1];

    /// <summary>The newest key that signs at a time; the first where that is before all of them.</summary>
    public SigningKey At(DateTimeOffset now)
    {
        for (var i = All.Count - 1; i > 0; i--)
        {
            if (All[i].SignsFrom <= now) return All[i];
        }

        return All[0];
    }

    /// <summary>The key of a <c>kid</c> while its tokens may hold; null for any other.</summary>
    public ECDsaSecurityKey? Find(string kid, DateTimeOffset now) => _byKid.TryGetValue(kid, out var key) && now < key.EndsAt ? key.Key : null;

    /// <summary>The key of a <c>kid</c>, ended or not.</summary>
    public ECDsaSecurityKey? FindEver(string kid) => _byKid.GetValueOrDefault(kid)?.Key;

    public bool Knows(string kid) => _byKid.ContainsKey(kid);

    // Nobody waits for the first.
    private static DateTimeOffset SignsFrom(IReadOnlyList<(ECDsaSecurityKey Key, DateTimeOffset CreatedAt)> keys, int i) =>
        i == 0 ? keys[i].CreatedAt : keys[i].CreatedAt + SigningKeys.Ahead;
}
