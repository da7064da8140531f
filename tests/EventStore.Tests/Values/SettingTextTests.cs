using Microsoft.Extensions.Configuration;
using Tms.EventStore.Hosting;

namespace Tms.EventStore.Tests.Values;

/// <summary>Durations and numbers of the configuration mean what is written.</summary>
public sealed class SettingTextTests
{
    [Theory]
    [InlineData("Wait", "30", "a duration")]
    [InlineData("Wait", "30s", "a duration")]
    [InlineData("Wait", "00:30", "a duration")]
    [InlineData("Wait", "1.02:03", "a duration")]
    [InlineData("Wait", "00:00:60", "a duration")]
    [InlineData("Wait", "", "a duration")]
    [InlineData("Count", "0x1F", "a whole number")]
    [InlineData("Count", "#1F", "a whole number")]
    [InlineData("Count", "1,000", "a whole number")]
    [InlineData("Count", "1e3", "a whole number")]
    [InlineData("Count", " 5", "a whole number")]
    [InlineData("Bytes", "64K", "a whole number")]
    [InlineData("Perhaps", "five", "a whole number")]
    public void A_text_that_could_mean_something_else_is_refused_by_name(string name, string text, string expected) =>
        Assert.StartsWith(
            $"Tms:Some:{name}: '{text}' is not {expected}", SettingTexts.Fault(Section(name, text), typeof(Settings)),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("Wait", "00:00:30")]
    [InlineData("Wait", "1.02:03:04.5")]
    [InlineData("Count", "-1")]
    [InlineData("Bytes", "17179869184")]
    [InlineData("Perhaps", "0")]
    [InlineData("Name", "30")]
    [InlineData("Other", "30")]
    public void Any_other_is_taken(string name, string text) => Assert.Null(SettingTexts.Fault(Section(name, text), typeof(Settings)));

    private static IConfigurationSection Section(string name, string text) =>
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { [$"Tms:Some:{name}"] = text }).Build()
            .GetSection("Tms:Some");

    private sealed class Settings
    {
        public TimeSpan Wait { get; set; }

        public int Count { get; set; }

        public long Bytes { get; set; }

        public int? Perhaps { get; set; }

        public string? Name { get; set; }
    }
}
