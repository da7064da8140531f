using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Tms.Api.Hosting;
using Tms.Api.Security;
using Tms.Domain.Invitations;
using Tms.Domain.Shared;
using Tms.Domain.Users;
using Tms.EventStore;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Abstractions.Users;

namespace Tms.Api.Auth;

/// <summary>
/// Tokens of an outside OpenID Connect authority: they say whose e-mail address it is, and who that is and what they may is said here.
/// </summary>
/// <remarks>Keys and issuer come from the authority's discovery document, and from nothing in the token. Only RS256 and ES256.</remarks>
internal sealed class OutsideTokens : IOutsideTokens, IDisposable
{
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);
    private readonly OutsideAuthority _authority;
    private readonly IEventReader _store;
    private readonly LoginDesk _desk;
    private readonly TimeProvider _time;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(5), MaxResponseContentBufferSize = 1 << 20 };
    private readonly OutsideKeys _keys;
    private readonly JsonWebTokenHandler _handler = new();

    public OutsideTokens(OutsideAuthority authority, IEventReader store, LoginDesk desk, TimeProvider time)
    {
        (_authority, _store, _desk, _time) = (authority, store, desk, time);
        var document = authority.Address.AbsoluteUri.TrimEnd('/') + "/.well-known/openid-configuration";
        var retriever = new HttpDocumentRetriever(_http) { RequireHttps = !authority.Address.IsLoopback };
        _keys = new(() => OpenIdConnectConfigurationRetriever.GetAsync(document, retriever, CancellationToken.None), time);
    }

    /// <inheritdoc />
    public async Task<Caller?> Find(JsonWebToken token, DateTimeOffset until, CancellationToken cancel)
    {
        if (!IsIssuer(token.Issuer)) return null;
        if (await _keys.Find(token.Kid, cancel) is not { } found || !IsIssuer(found.Issuer)) return null;
        var result = await _handler.ValidateTokenAsync(token, Rules(found));
        return result.IsValid && Address(token) is { } email && IssuedAt(token) is { } issued
            ? await CallerOf(token, email, issued, until, cancel)
            : null;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _keys.Dispose();
        _http.Dispose();
    }

    private bool IsIssuer(string? issuer) => issuer?.TrimEnd('/') == _authority.Address.AbsoluteUri.TrimEnd('/');

    private TokenValidationParameters Rules(OpenIdConnectConfiguration found) => new()
    {
        ValidIssuer = found.Issuer,
        ValidAudience = _authority.Audience,
        ValidAlgorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.EcdsaSha256],
        IssuerSigningKeys = found.SigningKeys,
        RequireExpirationTime = true,
        RequireSignedTokens = true,
        LifetimeValidator = (from, end, _, _) => IsCurrent(from, end),
    };

    private bool IsCurrent(DateTime? from, DateTime? until)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        return until is { } end && end + Skew > now && (from is not { } start || start - Skew <= now);
    }

    // An address that nobody has shown to be theirs would be everybody's.
    private static string? Address(JsonWebToken token) =>
        token.TryGetClaim("email_verified", out var verified) && string.Equals(verified.Value, "true", StringComparison.OrdinalIgnoreCase)
        && token.TryGetPayloadValue<string>("email", out var email) && Email.IsValid(Email.Normalise(email))
            ? Email.Normalise(email)
            : null;

    private DateTimeOffset? IssuedAt(JsonWebToken token) =>
        token.TryGetPayloadValue<long>("iat", out var seconds) && seconds > 0 && seconds <= (_time.GetUtcNow() + Skew).ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    private async Task<Caller?> CallerOf(
        JsonWebToken token, string email, DateTimeOffset issued, DateTimeOffset until, CancellationToken cancel)
    {
        if (await _store.FindReservation(Registration.EmailScope, email, cancel) is not { } holder || await User(holder) is not { } user)
            return null;
        if (issued <= user.SessionsEndedAt || !await IsShown(holder, user, cancel)) return null;
        var ends = new DateTimeOffset(token.ValidTo, TimeSpan.Zero);
        return new Caller(user.Id, user.Email, user.Role, user.CompanyId, IdOf(token, issued), ends < until ? ends : until)
        {
            UserVersion = user.Version,
            IsFromOutside = true,
        };
    }

    // Anybody can register with any address: the authority's user is the one here only if that one has shown to read mail there.
    // Who joined by an invitation has the invitation's id, also where that was before it was noted.
    private async Task<bool> IsShown(Reservation holder, UserView user, CancellationToken cancel) =>
        user.IsEmailShown
            || await _store.Version(holder.Tenant, new(InvitationDecider.Instance.StreamType, user.Id), cancel) != StreamVersion.Empty;

    private async Task<UserView?> User(Reservation holder)
    {
        try
        {
            return await _desk.Find(holder.Tenant, holder.Owner);
        }
        catch (Exception e) when (Http.Faults.IsUnavailable(e))
        {
            throw new StoreUnavailableException("The user of a token cannot be looked up.", e);
        }
    }

    // The authority's own id may be any text; ours hold the time at which they were made, and revocations go by it.
    private static Guid IdOf(JsonWebToken token, DateTimeOffset issued) => DerivedIds.Of(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{token.Issuer}\n{(string.IsNullOrEmpty(token.Id) ? token.EncodedSignature : token.Id)}")),
        issued.ToUnixTimeMilliseconds());
}
