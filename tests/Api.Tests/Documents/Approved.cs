using System.Runtime.CompilerServices;

namespace Tms.Api.Tests.Documents;

/// <summary>Texts of what is public, beside the tests: a change of one is a diff that a reviewer sees.</summary>
/// <remarks>With <c>TMS_APPROVE=1</c> in the environment a run writes them instead of comparing.</remarks>
internal static class Approved
{
    private const int Shown = 40;

    private static readonly string Folder = Path.GetFullPath(Path.Combine(Here(), "..", "Approved"));

    /// <summary>Fails with the lines that are gone and those that are new.</summary>
    public static void Holds(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        if (Environment.GetEnvironmentVariable("TMS_APPROVE") == "1") File.WriteAllText(path, text);
        var approved = File.Exists(path) ? File.ReadAllText(path) : "";
        if (approved == text) return;
        Assert.Fail($"""
            {name} no longer says what the product does. If the change is meant, run this test with TMS_APPROVE=1 and commit the file.
            {string.Join('\n', Difference(approved.Split('\n'), text.Split('\n')).Take(Shown))}
            """);
    }

    private static IEnumerable<string> Difference(string[] before, string[] now)
    {
        var same = before.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
        var title = Array.FindLastIndex(now, Math.Min(same, now.Length - 1), line => line.Length > 0 && line[0] != ' ');
        return [$"first in: {(title < 0 ? "" : now[title])}", .. Only(before, now, "- "), .. Only(now, before, "+ ")];
    }

    private static IEnumerable<string> Only(string[] lines, string[] others, string mark)
    {
        var left = others.CountBy(line => line).ToDictionary();
        foreach (var line in lines)
        {
            if (left.GetValueOrDefault(line) is var count && count > 0) left[line] = count - 1;
            else yield return mark + line.Trim();
        }
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
