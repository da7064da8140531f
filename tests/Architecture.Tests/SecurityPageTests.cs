using System.Text.RegularExpressions;

namespace Tms.Architecture.Tests;

/// <summary>What docs/security.md calls a proof is there: a class of tests, or a method of that class.</summary>
public sealed partial class SecurityPageTests
{
    [Fact]
    public void Every_test_that_the_page_names_exists()
    {
        var classes = Directory.EnumerateFiles(Path.Combine(Production.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .ToLookup(Path.GetFileNameWithoutExtension, File.ReadAllText);
        var proofs = Proofs(File.ReadAllText(Path.Combine(Production.Root, "docs", "security.md"))).ToArray();
        Assert.True(proofs.Length > 60, "The page names hardly any test.");
        Assert.Empty(proofs.Where(proof => !classes[proof.Class].Any(text => proof.Method is null || Has(text, proof.Method))).Distinct());
    }

    // `Class`, `Class.Method`, or `.Method` of the class named before.
    private static IEnumerable<(string Class, string? Method)> Proofs(string page)
    {
        var last = "";
        foreach (Match match in Names().Matches(page))
        {
            if (match.Groups["class"] is { Success: true } named) last = named.Value;
            yield return (last, match.Groups["method"] is { Success: true } method ? method.Value : null);
        }
    }

    private static bool Has(string text, string method) =>
        Regex.IsMatch(text, $@"^    public (async )?(Task|void) {method}\(", RegexOptions.Multiline, TimeSpan.FromSeconds(1));

    [GeneratedRegex(@"`((?<class>\w+Tests)(\.(?<method>\w+))?|\.(?<method>[A-Z][a-z0-9_]+(_\w+)+))`")]
    private static partial Regex Names();
}
