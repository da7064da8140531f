using System.Text.RegularExpressions;

namespace Tms.Architecture.Tests;

/// <summary>What docs/security.md calls a proof is there.</summary>
public sealed partial class SecurityPageTests
{
    [Fact]
    public void Every_test_that_the_page_names_exists()
    {
        var sources = string.Join('\n', Directory.EnumerateFiles(Path.Combine(Production.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        var names = Names().Matches(File.ReadAllText(Path.Combine(Production.Root, "docs", "security.md"))).Select(match => match.Groups["name"].Value).ToArray();
        Assert.True(names.Length > 60, "The page names hardly any test.");
        Assert.Empty(names.Where(name => !sources.Contains($" {name}", StringComparison.Ordinal)).Distinct());
    }

    // `Class`, `Class.Method`, or `.Method` of the class named before: each part by itself.
    [GeneratedRegex(@"`(?<name>\w+Tests)(?=[`.])|`\w*\.(?<name>[A-Z][a-z0-9_]+(_\w+)+)`")]
    private static partial Regex Names();
}
