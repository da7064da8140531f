using Tms.EventStore.Hosting;

namespace Tms.Api.Hosting;

/// <summary>An OpenID Connect authority whose tokens are taken beside our own.</summary>
/// <param name="Address"><c>Auth:Authority</c>: its address and the <c>iss</c> of its tokens; https, but on this machine.</param>
/// <param name="Audience"><c>Auth:Audience</c>: the <c>aud</c> that its tokens must have.</param>
public sealed record OutsideAuthority(Uri Address, string Audience)
{
    /// <summary>Reads the settings; null where there is none.</summary>
    /// <exception cref="ConfigurationFaultException">A value cannot be right.</exception>
    public static OutsideAuthority? Read(IConfiguration configuration)
    {
        var (authority, audience) = (configuration["Auth:Authority"], configuration["Auth:Audience"]);
        if (string.IsNullOrEmpty(authority))
            return string.IsNullOrEmpty(audience)
                ? null
                : throw new ConfigurationFaultException("Auth:Authority is missing: Auth:Audience says what its tokens are for.");
        if (!Uri.TryCreate(authority, UriKind.Absolute, out var address) || !IsSafe(address))
            throw new ConfigurationFaultException($"Auth:Authority: '{authority}' is not an address such as https://login.example.no.");
        return string.IsNullOrEmpty(audience)
            ? throw new ConfigurationFaultException("Auth:Audience is missing: without it a token for any other system would be taken.")
            : new OutsideAuthority(address, audience);
    }

    private static bool IsSafe(Uri address) =>
        address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);
}
