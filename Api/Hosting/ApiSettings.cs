using System.Globalization;
using System.Net;
using Tms.Api.Http;
using Tms.EventStore.Hosting;

namespace Tms.Api.Hosting;

/// <summary>Everything that the HTTP edge reads from configuration, read and checked once at the start.</summary>
public sealed record ApiSettings
{
    /// <summary>Versions of the wire format.</summary>
    public required VersionSettings Versions { get; init; }

    /// <summary>Limits per caller.</summary>
    public required RateLimitSettings RateLimits { get; init; }

    /// <summary><c>Tms:Cors:Origins</c>: origins whose pages may call; none by default.</summary>
    public required IReadOnlyList<string> CorsOrigins { get; init; }

    /// <summary><c>Tms:KnownProxies</c>: addresses and networks whose X-Forwarded-For/-Proto are believed; none by default.</summary>
    public required IReadOnlyList<IPNetwork> KnownProxies { get; init; }

    /// <summary><c>Tms:ProxyHops</c>: how many proxies in a row are believed at most, 1 … 10; null: as many as are known.</summary>
    /// <remarks>
    /// Where callers have addresses of <see cref="KnownProxies"/> themselves, what they send would count as a proxy's word without it.
    /// </remarks>
    public int? ProxyHops { get; init; }

    /// <summary><c>Tms:DataPath</c>: folder of everything the embedded run keeps; default <c>data</c>.</summary>
    public required string DataPath { get; init; }

    /// <summary><c>Tms:MasterKey</c>: base64 of 32 bytes; null: a file in <see cref="DataPath"/>.</summary>
    public required string? MasterKey { get; init; }

    /// <summary><c>Tms:Tokens:Issuer</c> and <c>Tms:Tokens:Audience</c>; defaults <c>tms</c> and <c>tms-api</c>.</summary>
    public required (string Issuer, string Audience) Tokens { get; init; }

    /// <summary><c>Tms:Tokens:KeyLifetime</c>: how long one key signs access tokens; default 30 days, 2 hours … 366 days.</summary>
    public TimeSpan KeyLifetime { get; init; } = TimeSpan.FromDays(30);

    /// <summary><c>Auth:Authority</c> and <c>Auth:Audience</c>: whose tokens are taken beside our own; null: nobody's.</summary>
    public OutsideAuthority? Authority { get; init; }

    /// <summary>The master key that the settings name.</summary>
    /// <exception cref="ConfigurationFaultException">It is not base64 of 32 bytes, or its file can be neither read nor made.</exception>
    public EventStore.Keys.MasterKey LoadMasterKey() => EventStore.Keys.MasterKey.Load(MasterKey, DataPath);

    /// <summary>Reads the settings.</summary>
    /// <exception cref="ConfigurationFaultException">A value cannot be right.</exception>
    public static ApiSettings Read(IConfiguration configuration) => new()
    {
        Versions = VersionSettings.Read(configuration),
        RateLimits = RateLimitSettings.Read(configuration),
        CorsOrigins = [.. Values(configuration, "Tms:Cors:Origins").Select(Origin)],
        KnownProxies = [.. Values(configuration, "Tms:KnownProxies").Select(Network)],
        ProxyHops = Hops(configuration["Tms:ProxyHops"]),
        DataPath = configuration["Tms:DataPath"] is { Length: > 0 } path ? path : "data",
        MasterKey = configuration["Tms:MasterKey"] is { Length: > 0 } key ? key : null,
        Tokens = (configuration["Tms:Tokens:Issuer"] ?? "tms", configuration["Tms:Tokens:Audience"] ?? "tms-api"),
        Authority = OutsideAuthority.Read(configuration),
        KeyLifetime = Lifetime(configuration["Tms:Tokens:KeyLifetime"]),
    };

    private static int? Hops(string? text) => text is null ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var hops) && hops is >= 1 and <= 10 ? hops
        : throw new ConfigurationFaultException($"Tms:ProxyHops: '{text}' is not a number from 1 to 10.");

    private static TimeSpan Lifetime(string? text)
    {
        if (text is null) return TimeSpan.FromDays(30);
        return SettingTexts.TryDuration(text, out var lifetime) && lifetime >= TimeSpan.FromHours(2) && lifetime <= TimeSpan.FromDays(366)
            ? lifetime
            : throw new ConfigurationFaultException($"Tms:Tokens:KeyLifetime: '{text}' is not a time from 02:00:00 to 366.00:00:00.");
    }

    // A list comes as an array of the section or as one text separated by commas, which is what an environment variable can hold.
    private static IEnumerable<string> Values(IConfiguration configuration, string key)
    {
        var section = configuration.GetSection(key);
        return section.Value is { } text
            ? text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : section.GetChildren().Select(child => child.Value).OfType<string>();
    }

    private static string Origin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.AbsolutePath == "/"
            ? text.TrimEnd('/')
            : throw new ConfigurationFaultException($"Tms:Cors:Origins: '{text}' is not an origin such as https://app.example.no.");

    private static IPNetwork Network(string text)
    {
        if (IPNetwork.TryParse(text, out var network)) return network;
        if (IPAddress.TryParse(text, out var address)) return new IPNetwork(address, address.GetAddressBytes().Length * 8);
        throw new ConfigurationFaultException($"Tms:KnownProxies: '{text}' is neither an IP address nor a network such as 10.0.0.0/8.");
    }
}

/// <summary>When v1 was deprecated and when it ends.</summary>
/// <param name="V1Deprecated"><c>Tms:Versions:V1Deprecated</c>; default 2026-01-01.</param>
/// <param name="V1Sunset">
/// <c>Tms:Versions:V1Sunset</c>: the last moment at which v1 is served; a date means its last second, UTC. Default 2027-12-31.
/// </param>
public sealed record VersionSettings(DateTimeOffset V1Deprecated, DateTimeOffset V1Sunset)
{
    /// <summary>Reads the settings.</summary>
    /// <exception cref="ConfigurationFaultException">A value is not a date.</exception>
    public static VersionSettings Read(IConfiguration configuration) => new(
        Moment(configuration, "Tms:Versions:V1Deprecated", "2026-01-01", endOfDay: false),
        Moment(configuration, "Tms:Versions:V1Sunset", "2027-12-31", endOfDay: true));

    private static DateTimeOffset Moment(IConfiguration configuration, string key, string otherwise, bool endOfDay)
    {
        var text = configuration[key] ?? otherwise;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return new DateTimeOffset(date, endOfDay ? new TimeOnly(23, 59, 59) : TimeOnly.MinValue, TimeSpan.Zero);
        return Rfc3339.TryParse(text, out var moment)
            ? moment
            : throw new ConfigurationFaultException(
                $"{key}: '{text}' is neither a date such as {otherwise} nor a time such as {otherwise}T12:00:00Z.");
    }
}

/// <summary>How many requests a caller may make in a window.</summary>
/// <param name="Enabled"><c>Tms:RateLimiting:Enabled</c>; default true.</param>
/// <param name="PerCaller"><c>Tms:RateLimiting:PerCaller</c>: of a user, or of an address where nobody is logged in; default 1000.</param>
/// <param name="Auth"><c>Tms:RateLimiting:Auth</c>: failures of an address on /api/auth, and refreshes of a session; default 100.</param>
/// <param name="Window"><c>Tms:RateLimiting:WindowSeconds</c>; default 900.</param>
public sealed record RateLimitSettings(bool Enabled, int PerCaller, int Auth, TimeSpan Window)
{
    /// <summary>Reads the settings.</summary>
    /// <exception cref="ConfigurationFaultException">A value is not a number above zero, or not true or false.</exception>
    public static RateLimitSettings Read(IConfiguration configuration) => new(
        Switch(configuration["Tms:RateLimiting:Enabled"]),
        Count(configuration, "Tms:RateLimiting:PerCaller", 1000),
        Count(configuration, "Tms:RateLimiting:Auth", 100),
        TimeSpan.FromSeconds(Count(configuration, "Tms:RateLimiting:WindowSeconds", 900)));

    private static bool Switch(string? text) => text is null || (bool.TryParse(text, out var value)
        ? value
        : throw new ConfigurationFaultException($"Tms:RateLimiting:Enabled: '{text}' is neither true nor false."));

    private static int Count(IConfiguration configuration, string key, int otherwise)
    {
        if (configuration[key] is not { } text) return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0
            ? value
            : throw new ConfigurationFaultException($"{key}: '{text}' is not a whole number above zero.");
    }
}
