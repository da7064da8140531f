namespace Tms.Api.Hosting;

/// <summary>
/// Keeps what the framework would log of arguments out of every log: below Information it writes down request bodies, hub arguments and
/// headers, passwords and tokens among them.
/// </summary>
internal static class SecretFreeLogs
{
    private const string Framework = "Microsoft.AspNetCore.";

    /// <summary>Holds the framework's loggers to Information, whatever the configuration says of them.</summary>
    public static IServiceCollection AddSecretFreeLogs(this IServiceCollection services) =>
        services.PostConfigure<LoggerFilterOptions>(static options =>
    {
        // A logger that no rule speaks of has the smallest level of all.
        List<LoggerFilterRule> rules = [new(null, null, options.MinLevel, null), .. options.Rules];
        options.Rules.Clear();
        foreach (var rule in rules) options.Rules.Add(new(rule.ProviderName, rule.CategoryName, rule.LogLevel, Guarded(rule.Filter)));
    });

    private static Func<string?, string?, LogLevel, bool> Guarded(Func<string?, string?, LogLevel, bool>? filter) =>
        (provider, category, level) =>
        (level >= LogLevel.Information || category?.StartsWith(Framework, StringComparison.Ordinal) != true)
            && (filter is null || filter(provider, category, level));
}
