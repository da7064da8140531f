using System.Reflection;
using System.Text.RegularExpressions;

namespace Tms.Architecture.Tests;

/// <summary>A code that a program reads is said once, in a class of codes that /docs/errors lists.</summary>
public sealed partial class CodeTests
{
    // What a hub tells its clients is listed beside the hub.
    private const string Hub = "Realtime";

    [Fact]
    public void No_code_is_written_beside_its_words() =>
        Assert.All(Production.Names, name => Assert.All(
            Production.Sources(name)
                .Where(s => !s.Path.StartsWith(Hub, StringComparison.Ordinal) && !s.Path.EndsWith("Codes.cs", StringComparison.Ordinal)),
            source => Assert.Empty(InPlace().Matches(source.Text).Select(m => $"{source.Path}: {m.Groups[1].Value}"))));

    [Fact]
    public void Codes_of_the_rules_are_in_snake_case_and_said_once()
    {
        var codes = Production.TypesOf(Production.Assembly("Domain")).Where(t => t.Name.EndsWith("Codes", StringComparison.Ordinal))
            .SelectMany(t => t.GetFields(BindingFlags.Public | BindingFlags.Static)).Select(f => (string)f.GetRawConstantValue()!).ToList();
        Assert.NotEmpty(codes);
        Assert.All(codes, code => Assert.Matches("^[a-z]+(_[a-z]+)*$", code));
        Assert.Equal(codes.Distinct(), codes);
    }

    // A code and the sentence that says it: "invoice_not_draft", "The invoice …
    [GeneratedRegex(@"""([a-z]{3,}(?:_[a-z]+)*)"",\s*(?:FormattableString\.Invariant\()?\$?""[A-Z]")]
    private static partial Regex InPlace();
}
