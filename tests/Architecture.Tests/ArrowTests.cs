namespace Tms.Architecture.Tests;

/// <summary>Who may use whom: the compiler guards it by references, these by what is really used.</summary>
public sealed class ArrowTests
{
    public static TheoryData<string, string[]> Arrows => new()
    {
        { "Domain", [] },
        { "EventStore", [] },
        { "Grains.Abstractions", ["Domain"] },
        { "Streams", ["EventStore", "Grains.Abstractions"] },
        { "Grains", ["Domain", "EventStore", "Grains.Abstractions"] },
        { "ReadModels", ["Domain", "EventStore"] },
        { "Silo", ["EventStore", "Grains", "Grains.Abstractions", "ReadModels", "Streams"] },
        { "Api", ["Domain", "EventStore", "Grains.Abstractions", "ReadModels", "Silo"] },
    };

    [Theory]
    [MemberData(nameof(Arrows))]
    public void A_project_uses_only_what_it_may(string project, string[] may) => Assert.Empty(Production.Uses(project).Except(may));

    [Fact]
    public void Every_project_has_its_arrows() =>
        Assert.Equal(Production.Names.Order(), Arrows.Select(row => row.Data.Item1).Order());

    [Fact]
    public void Every_shipped_project_of_the_solution_is_looked_at()
    {
        var projects = Directory.EnumerateDirectories(Production.Root).Where(folder => Directory.EnumerateFiles(folder, "*.csproj").Any())
            .Select(Path.GetFileName);
        Assert.Equal(Production.Names.Order(), projects.Order());
    }

    [Fact]
    public void Domain_uses_nothing_but_the_serialization_attributes() =>
        Assert.All(Production.References("Domain"), name => Assert.True(
            name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Orleans.Serialization", StringComparison.Ordinal),
            $"Domain uses {name}."));

    [Theory]
    [InlineData("EventStore")]
    [InlineData("ReadModels")]
    public void The_store_and_its_read_models_know_no_grains(string project) =>
        Assert.DoesNotContain(
            Production.References(project),
            name => name.StartsWith("Orleans", StringComparison.Ordinal) && !IsSerialization(project, name));

    [Fact]
    public void Only_the_store_and_the_silos_own_scripts_speak_to_a_database_driver() =>
        Assert.Equal(["EventStore", "Silo"], Production.Names.Where(UsesDriver).Order());

    [Theory]
    [InlineData("Domain")]
    [InlineData("Grains.Abstractions")]
    [InlineData("EventStore")]
    [InlineData("Streams")]
    [InlineData("Grains")]
    [InlineData("ReadModels")]
    public void Nobody_behind_the_edge_knows_the_web(string project) =>
        Assert.DoesNotContain(Production.References(project), name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));

    [Fact]
    public void Only_the_start_of_the_api_points_to_the_silo() =>
        Assert.Equal(
            ["Program.cs"],
            Production.Sources("Api").Where(s => s.Text.Contains("Tms.Silo", StringComparison.Ordinal)).Select(s => s.Path));

    [Fact]
    public void The_api_never_writes_to_the_log() =>
        Assert.DoesNotContain(Production.Sources("Api"), s => s.Text.Contains("IEventWriter", StringComparison.Ordinal));

    // The generated code of the events' own types comes along with them.
    private static bool IsSerialization(string project, string name) =>
        project == "ReadModels" && name.StartsWith("Orleans.Serialization", StringComparison.Ordinal);

    private static bool UsesDriver(string project) =>
        Production.References(project).Any(name => name is "Npgsql" or "Microsoft.Data.Sqlite");
}
