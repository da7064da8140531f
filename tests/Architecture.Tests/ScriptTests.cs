using System.Text.RegularExpressions;

namespace Tms.Architecture.Tests;

/// <summary>
/// An index of a large table can be made beforehand, beside the appends: its script finds it there, and docs/operations.md says how.
/// </summary>
public sealed partial class ScriptTests
{
    // Of releases whose tables were small.
    private static readonly string[] Older = ["1003_overdue.sql", "1004_drafts.sql"];

    [Fact]
    public void An_index_of_a_large_table_may_be_there_before_its_script_and_the_operator_is_told()
    {
        var page = File.ReadAllText(Path.Combine(Production.Root, "docs", "operations.md"));
        var scripts = Scripts().Where(s => Indexes(s.Text).Count > 0).ToList();
        Assert.Contains(scripts, s => s.Name == "0018_events_by_type.sql");
        Assert.All(scripts, script =>
        {
            Assert.All(Indexes(script.Text), index => Assert.Contains(" if not exists ", index, StringComparison.OrdinalIgnoreCase));
            Assert.Contains($"`{script.Name}`", page, StringComparison.Ordinal);
        });
    }

    private static IEnumerable<(string Name, string Text)> Scripts() =>
        from project in Production.Names
        let folder = Path.Combine(Production.Root, project, "Sql")
        where Directory.Exists(folder)
        from file in Directory.EnumerateFiles(folder, "*.sql", SearchOption.AllDirectories)
        where !Older.Contains(Path.GetFileName(file))
        select (Path.GetFileName(file), File.ReadAllText(file));

    /// <summary>The indexes that a script makes on the log and on tables of invoices, if it does not make the table itself.</summary>
    private static List<string> Indexes(string script) =>
    [
        .. from Match index in Index().Matches(script)
           where !Regex.IsMatch(
               script, $@"create\s+table\s+(if\s+not\s+exists\s+)?{index.Groups["table"].Value}\b", RegexOptions.IgnoreCase,
               TimeSpan.FromSeconds(1))
           select index.Value,
    ];

    [GeneratedRegex(@"create\s+(unique\s+)?index\b[^;]*?\son\s+(?<table>events|invoice\w*)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Index();
}
