using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Tms.EventStore.Hosting;

/// <summary>Refuses texts of the configuration that .NET takes for something else: <c>30</c> for 30 days, <c>0x1F</c> for 31.</summary>
public static class SettingTexts
{
    /// <summary>Binds options to a section whose durations and numbers are written as they are meant.</summary>
    public static OptionsBuilder<TOptions> BindStrictly<TOptions>(this OptionsBuilder<TOptions> options, string section)
        where TOptions : class =>
        options.Configure<IConfiguration>((_, configuration) => Check(configuration.GetSection(section), typeof(TOptions)))
            .BindConfiguration(section);

    /// <summary>Binds options to a section that is at hand.</summary>
    public static OptionsBuilder<TOptions> BindStrictly<TOptions>(this OptionsBuilder<TOptions> options, IConfigurationSection section)
        where TOptions : class =>
        options.Configure(_ => Check(section, typeof(TOptions))).Bind(section);

    /// <summary>A sentence that names the first duration or whole number of a section that is not written as one; null: all are.</summary>
    /// <param name="section">The section.</param>
    /// <param name="options">What it is bound to.</param>
    public static string? Fault(IConfigurationSection section, Type options)
    {
        foreach (var property in options.GetProperties().Where(property => property.SetMethod is { IsPublic: true }))
        {
            var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            if (section[property.Name] is { } text && Expected(type, text) is { } expected)
                return $"{section.Path}:{property.Name}: '{text}' is not {expected}.";
        }

        return null;
    }

    /// <summary>Reads a duration written <c>[d.]hh:mm:ss[.fff]</c>.</summary>
    public static bool TryDuration(string text, out TimeSpan duration)
    {
        duration = default;
        return text.AsSpan().Count(':') == 2 && TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out duration);
    }

    private static void Check(IConfigurationSection section, Type options)
    {
        if (Fault(section, options) is { } fault) throw new ConfigurationFaultException(fault);
    }

    private static string? Expected(Type type, string text)
    {
        if (type == typeof(TimeSpan)) return TryDuration(text, out _) ? null : "a duration such as 00:00:30";
        if (type == typeof(int) || type == typeof(long)) return IsWhole(text) ? null : "a whole number";
        return null;
    }

    private static bool IsWhole(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);
}
