using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.IdentityModel.Tokens;
using Tms.Api.Hosting;
using Tms.Api.Http;

namespace Tms.Api.Security;

/// <summary>Puts authentication together.</summary>
internal static class SecurityExtensions
{
    /// <summary>Keys, tokens and the scheme that reads them.</summary>
    public static IServiceCollection AddTmsSecurity(this IServiceCollection services)
    {
        services.TryAddSingleton(static provider => provider.GetRequiredService<ApiSettings>().LoadMasterKey());
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<Cursors>();
        services.AddSingleton<TokenIssuer>();
        services.AddSingleton<TokenReader>();
        services.AddSingleton<RecentRevocations>();
        services.TryAddSingleton<IRevocations>(provider => provider.GetRequiredService<RecentRevocations>());
        services.TryAddSingleton<IOutsideTokens, NoOutsideTokens>();
        services.AddHostedService<AccessRules>();
        services.AddMetrics().AddSingleton<KeyRotation>()
            .AddSingleton<IKeyRotation>(static provider => provider.GetRequiredService<KeyRotation>());
        services.AddHostedService(static provider => provider.GetRequiredService<KeyRotation>());
        services.AddAuthentication(BearerHandler.Scheme).AddScheme<AuthenticationSchemeOptions, BearerHandler>(BearerHandler.Scheme, null);
        services.AddAuthorization();
        return services;
    }

    /// <summary>Has this node follow what was revoked on others. Needs the event store.</summary>
    public static IServiceCollection AddRevocationFeed(this IServiceCollection services) => services
        .AddSingleton<RevocationMetrics>()
        .AddSingleton<Remembered>()
        .AddSingleton<RevocationReader>()
        .AddSingleton<RevocationFeed>()
        .AddHostedService(static provider => provider.GetRequiredService<RevocationFeed>())
        .Replace(ServiceDescriptor.Singleton<IRevocations>(static provider => provider.GetRequiredService<RevocationFeed>()));

    /// <summary>The public halves of the signing keys, for whoever verifies our tokens.</summary>
    public static IEndpointConventionBuilder MapJwks(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet("/.well-known/jwks.json", (SigningKeys keys) => Results.Json(Jwks(keys)))
            .AllowAnonymous().ExcludeFromDescription();

    /// <summary>What <c>/.well-known/jwks.json</c> shows.</summary>
    internal static object Jwks(SigningKeys keys) => new { keys = keys.Published.Select(Public) };

    private static object Public(ECDsaSecurityKey key)
    {
        var point = key.ECDsa.ExportParameters(includePrivateParameters: false).Q;
        return new
        {
            kty = "EC",
            crv = "P-256",
            use = "sig",
            alg = "ES256",
            kid = key.KeyId,
            x = Base64UrlEncoder.Encode(point.X),
            y = Base64UrlEncoder.Encode(point.Y)
        };
    }
}
