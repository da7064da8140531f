namespace Tms.Architecture.Tests;

/// <summary>Lines are as wide as a reader's window: 140 columns.</summary>
public sealed class LineTests
{
    private const int Widest = 140;
    private static readonly string[] Made = ["bin", "obj", ".git"];

    [Fact]
    public void No_line_of_code_is_wider_than_a_window() =>
        Assert.Empty(Files(Production.Root).SelectMany(file => File.ReadLines(file).Index()
            .Where(line => line.Item.Length > Widest)
            .Select(line => $"{Path.GetRelativePath(Production.Root, file)}:{line.Index + 1} has {line.Item.Length} columns")));

    private static IEnumerable<string> Files(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*.cs"),
        .. Directory.EnumerateDirectories(folder).Where(inner => !Made.Contains(Path.GetFileName(inner))).SelectMany(Files),
    ];
}
