using System.Globalization;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Tms.Api.Hosting;
using Tms.Api.Security;

namespace Tms.Api.Audit;

/// <summary>
/// Signs ends of logs, and reads them again: compact JWS, ES256, by the keys of access tokens; claims
/// <c>iss,aud,iat,companyId,position,hash,time,epoch</c>.
/// </summary>
/// <remarks>
/// Type and audience are their own, and there is neither <c>exp</c> nor <c>sub</c>: a head opens nothing, and an access token is no head.
/// A head holds for ever, so it is checked with the key that signed it also where that key signs no more.
/// </remarks>
public sealed class SignedHeads(SigningKeys keys, ApiSettings settings, TimeProvider time)
{
    /// <summary>Characters of a head at most; one has some six hundred.</summary>
    public const int MaxLength = 2000;

    private const string Type = "tms-head+jwt";
    private const string Audience = "tms-audit-head";
    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false, MaximumTokenSizeInBytes = MaxLength };

    /// <summary>A head, signed with the key that signs now.</summary>
    public string Sign(LogHead head) => _handler.CreateToken(new SecurityTokenDescriptor
    {
        TokenType = Type,
        Issuer = settings.Tokens.Issuer,
        Audience = Audience,
        IssuedAt = time.GetUtcNow().UtcDateTime,
        SigningCredentials = keys.Current,
        Claims = new Dictionary<string, object>
        {
            ["companyId"] = head.CompanyId.ToString(),
            ["position"] = head.Position,
            ["hash"] = head.Hash,
            ["time"] = head.Time.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
            ["epoch"] = head.Epoch.ToString(),
        },
    });

    /// <summary>What a head says; null where it is none, or none that was signed here.</summary>
    /// <exception cref="EventStore.StoreUnavailableException">The keys could not be read.</exception>
    public async Task<LogHead?> Read(string jws, CancellationToken cancel)
    {
        if (Parse(jws) is not { Kid.Length: > 0 } parsed) return null;
        if (await keys.FindEver(parsed.Kid, cancel) is not { } key) return null;
        var result = await _handler.ValidateTokenAsync(parsed, Rules(key));
        return result.IsValid ? HeadOf(parsed) : null;
    }

    private JsonWebToken? Parse(string jws)
    {
        if (jws.Length > MaxLength || !_handler.CanReadToken(jws)) return null;
        try
        {
            return new JsonWebToken(jws);
        }
        catch (Exception e) when (e is ArgumentException or SecurityTokenException)
        {
            return null;
        }
    }

    // The key says that it was signed here; an installation that is named anew keeps its heads.
    private static TokenValidationParameters Rules(SecurityKey key) => new()
    {
        ValidTypes = [Type],
        ValidAudience = Audience,
        ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
        IssuerSigningKey = key,
        RequireSignedTokens = true,
        RequireExpirationTime = false,
        ValidateLifetime = false,
        ValidateIssuer = false,
    };

    private static LogHead? HeadOf(JsonWebToken token) =>
        token.TryGetPayloadValue<string>("companyId", out var company) && Guid.TryParse(company, out var companyId)
        && token.TryGetPayloadValue<long>("position", out var position) && token.TryGetPayloadValue<string>("hash", out var hash)
        && token.TryGetPayloadValue<string>("time", out var text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var at)
        && token.TryGetPayloadValue<string>("epoch", out var epoch) && Guid.TryParse(epoch, out var epochId)
            ? new LogHead(companyId, position, hash, at, epochId)
            : null;
}
