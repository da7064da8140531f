using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Tms.Api.Hosting;
using Tms.Domain.Users;

namespace Tms.Api.Security;

/// <summary>
/// Reads access tokens, ours and an outside authority's, and API keys. Each is verified once and remembered until it expires; whether it
/// was revoked is asked every time.
/// </summary>
public sealed class TokenReader(
    SigningKeys keys, ApiSettings settings, TimeProvider time, IRevocations revocations, IApiKeys apiKeys, IOutsideTokens outside)
{
    /// <summary>Most characters of a token.</summary>
    public const int MaxLength = 8192;

    // A secret is told after it is stored: what is nobody's now stays nobody's.
    private static readonly TimeSpan NobodysPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);
    private readonly JsonWebTokenHandler _handler = new() { MaximumTokenSizeInBytes = MaxLength };
    private readonly Recent<string, CallerPrincipal> _recent = new(capacity: 20_000);
    private readonly Recent<string, DateTimeOffset> _nobodys = new(capacity: 5_000);

    /// <summary>The principal of a token; null where the token does not hold (any more).</summary>
    /// <exception cref="EventStore.StoreUnavailableException">Whether it was revoked cannot be found out now.</exception>
    public ValueTask<CallerPrincipal?> Read(string token, CancellationToken cancel) => Read(token, null, cancel);

    /// <summary>
    /// The principal of a token that somebody sends; null where it does not hold, or its sender may not ask the store for it.
    /// </summary>
    internal ValueTask<CallerPrincipal?> Read(string token, IAsker? asker, CancellationToken cancel)
    {
        if (_recent.Find(token) is not { } known)
            return ApiKeyText.IsKey(token) ? Look(token, asker, cancel) : Verify(token, asker, cancel);

        // Whoever was let in with it lately is no stranger: what strangers do from the same address holds up no renewal.
        if (ApiKeyText.IsKey(token)) return IsDue(known) ? Look(token, null, cancel) : Current(known, cancel);
        if (known.Caller.IsFromOutside) return IsDue(known) ? Again(token, cancel) : Renew(known, token, cancel);
        return Current(known, cancel);
    }

    /// <summary>The principal of a token, as it is now: where it is looked up, its time begins anew.</summary>
    /// <exception cref="EventStore.StoreUnavailableException">Whether it holds cannot be found out now.</exception>
    internal ValueTask<CallerPrincipal?> ReadAnew(string token, CancellationToken cancel)
    {
        if (ApiKeyText.IsKey(token)) return Look(token, null, cancel);
        return _recent.Find(token) is { Caller.IsFromOutside: true } ? Verify(token, null, cancel) : Read(token, cancel);
    }

    private ValueTask<CallerPrincipal?> Current(CallerPrincipal known, CancellationToken cancel)
    {
        if (known.Caller.ExpiresAt + Skew <= time.GetUtcNow()) return default;
        var revoked = revocations.IsRevoked(known.Caller, cancel);
        return revoked.IsCompletedSuccessfully ? new(revoked.Result ? null : Unwithdrawn(known)) : Unless(revoked, known);
    }

    private async ValueTask<CallerPrincipal?> Unless(ValueTask<bool> revoked, CallerPrincipal known) =>
        await revoked ? null : Unwithdrawn(known);

    // Asked after the revocations: whoever was told of them by the log has the keys of then.
    private CallerPrincipal? Unwithdrawn(CallerPrincipal known) => keys.IsWithdrawn(known.Caller.KeyId) ? null : known;

    private async ValueTask<CallerPrincipal?> Verify(string token, IAsker? asker, CancellationToken cancel)
    {
        if (token.Length > MaxLength || !_handler.CanReadToken(token)) return null;
        if (Parse(token) is not { Kid.Length: > 0 } parsed) return null;
        if (parsed.Issuer != settings.Tokens.Issuer) return await Ask(parsed, token, asker, cancel);
        if (await keys.Find(parsed.Kid, cancel) is not { } key) return null;
        var result = await _handler.ValidateTokenAsync(parsed, Rules(key));
        if (!result.IsValid || CallerOf(parsed) is not { } caller) return null;
        var principal = (CallerPrincipal)caller.ToPrincipal(BearerHandler.Scheme);
        _recent.Add(token, principal);
        return await Current(principal, cancel);
    }

    // Who it lets in may be somebody else by now than when it was read: another role, another company.
    private async ValueTask<CallerPrincipal?> Renew(CallerPrincipal known, string token, CancellationToken cancel) =>
        await Current(known, cancel) ?? await Again(token, cancel);

    // A token that lets nobody in any more is sent on until it expires: it costs a look-up once in a while.
    private async ValueTask<CallerPrincipal?> Again(string token, CancellationToken cancel)
    {
        if (_nobodys.Find(token) > time.GetUtcNow()) return null;
        var found = await Verify(token, null, cancel);
        if (found is null) _nobodys.Set(token, time.GetUtcNow() + NobodysPause);
        return found;
    }

    private bool IsDue(CallerPrincipal known) => known.Caller.ExpiresAt <= time.GetUtcNow();

    private async ValueTask<CallerPrincipal?> Ask(JsonWebToken parsed, string token, IAsker? asker, CancellationToken cancel)
    {
        if (asker is not null && !await asker.MayAsk()) return null;
        if (await outside.Find(parsed, time.GetUtcNow() + TokenIssuer.Lifetime, cancel) is not { } caller) return null;
        var principal = (CallerPrincipal)caller.ToPrincipal(BearerHandler.Scheme);
        _recent.Set(token, principal);
        return await Current(principal, cancel);
    }

    // A key has no end of its own: it is looked up anew as often as a person's token is made anew.
    private async ValueTask<CallerPrincipal?> Look(string token, IAsker? asker, CancellationToken cancel)
    {
        if (_nobodys.Find(token) > time.GetUtcNow() || ApiKeyText.Parse(token) is not { } key) return null;
        if (asker is not null && !await asker.MayAsk()) return null;
        if (await apiKeys.Find(key, time.GetUtcNow() + TokenIssuer.Lifetime, cancel) is not { } caller)
        {
            _nobodys.Set(token, time.GetUtcNow() + NobodysPause);
            return null;
        }

        var principal = (CallerPrincipal)caller.ToPrincipal(BearerHandler.Scheme);
        _recent.Set(token, principal);
        return await Current(principal, cancel);
    }

    private static JsonWebToken? Parse(string token)
    {
        try
        {
            return new JsonWebToken(token);
        }
        catch (Exception e) when (e is ArgumentException or SecurityTokenException)
        {
            return null;
        }
    }

    private TokenValidationParameters Rules(SecurityKey key) => new()
    {
        ValidIssuer = settings.Tokens.Issuer,
        ValidAudience = settings.Tokens.Audience,
        ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
        IssuerSigningKey = key,
        RequireExpirationTime = true,
        RequireSignedTokens = true,
        LifetimeValidator = (from, until, _, _) => IsCurrent(from, until),
    };

    private bool IsCurrent(DateTime? from, DateTime? until)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return until is { } end && end + Skew > now && (from is not { } start || start - Skew <= now);
    }

    private static Caller? CallerOf(JsonWebToken token)
    {
        if (!Guid.TryParse(token.Subject, out var user) || !Guid.TryParse(token.Id, out var id)) return null;
        if (Role(token) is not { } role || !token.TryGetPayloadValue<string>("email", out var email)) return null;
        var company = Uuid(token, "companyId");
        if (company is null && role != Domain.Users.Role.Admin) return null;
        return new Caller(user, email, role, company, id, new DateTimeOffset(token.ValidTo, TimeSpan.Zero))
        {
            KeyId = token.Kid,
            SessionId = Uuid(token, "sid"),
            UserVersion = token.TryGetPayloadValue<int>("ver", out var version) ? version : null,
        };
    }

    private static Role? Role(JsonWebToken token) =>
        RolePermissions.FromWire(token.TryGetPayloadValue<string>("role", out var name) ? name : null);

    private static Guid? Uuid(JsonWebToken token, string claim) =>
        token.TryGetPayloadValue<string>(claim, out var text) && Guid.TryParse(text, out var id) ? id : null;
}
