using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Tms.Domain.Shared;

namespace Tms.Architecture.Tests;

/// <summary>What every type of the shipped assemblies keeps.</summary>
public sealed partial class TypeTests
{
    // Their root folder is an area of its own: the store's contract, and the composition of a silo.
    private static readonly string[] WithRoot = ["EventStore", "Silo"];

    [Fact]
    public void Every_public_type_is_in_an_area_of_its_project() =>
        Assert.All(Production.Names, name => Assert.All(
            Production.TypesOf(Production.Assembly(name)).Where(t => t.IsVisible), type => Assert.Matches(AreaOf(name), type.Namespace)));

    [Fact]
    public void A_namespace_is_its_folder() =>
        Assert.All(Production.Names, name => Assert.All(Production.Sources(name), source =>
        {
            var folder = Path.GetDirectoryName(source.Path)!.Replace(Path.DirectorySeparatorChar, '.');
            if (Namespace().Match(source.Text) is { Success: true } found)
                Assert.Equal($"Tms.{name}.{folder}".TrimEnd('.'), found.Groups[1].Value);
        }));

    [Fact]
    public void Every_grain_interface_has_an_alias() => HaveAliases(
        Production.Types.Where(t => t.IsInterface && typeof(IAddressable).IsAssignableFrom(t)).Select(Named));

    [Fact]
    public void Every_method_of_a_grain_interface_has_an_alias() => HaveAliases(
        Production.Types.Where(t => t.IsInterface && typeof(IAddressable).IsAssignableFrom(t)).SelectMany(t => t.GetMethods()).Select(m =>
            ($"{m.DeclaringType}.{m.Name}", m.GetCustomAttribute<AliasAttribute>(false)?.Alias)));

    [Fact]
    public void Every_type_on_the_wire_of_the_cluster_has_an_alias() => HaveAliases(
        Production.Types.Where(t => t.IsDefined(typeof(GenerateSerializerAttribute), false)).Select(Named));

    [Fact]
    public void Every_grain_has_a_name_of_its_own_for_reminders_and_streams_are_kept_under_it()
    {
        var grains = Production.Types.Where(t => !t.IsAbstract && typeof(Grain).IsAssignableFrom(t)).ToArray();
        Assert.NotEmpty(grains);
        Assert.Empty(grains.Where(t => !t.IsDefined(typeof(GrainTypeAttribute), false)).Select(t => t.FullName));
    }

    [Fact]
    public void No_alias_is_given_twice() =>
        Assert.Empty(Production.Types.SelectMany(t => t.GetCustomAttributes<AliasAttribute>(false)).Select(a => a.Alias).GroupBy(a => a)
            .Where(g => g.Count() > 1).Select(g => g.Key));

    [Fact]
    public void No_static_field_can_be_changed() =>
        Assert.Empty(
            StaticFields().Where(f => !f.IsInitOnly || IsMutableCollection(f.FieldType)).Select(f => $"{f.DeclaringType}.{f.Name}"));

    [Fact]
    public void Every_event_type_of_every_area_is_in_the_catalog()
    {
        var known = TmsEvents.Catalog.All.Select(t => t.Type).ToHashSet();
        Assert.Empty(Production.TypesOf(Production.Assembly("Domain"))
            .Where(t => !t.IsAbstract && t.BaseType?.Name.EndsWith("Event", StringComparison.Ordinal) == true).Except(known));
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    private static string AreaOf(string name) =>
        WithRoot.Contains(name) ? $@"^Tms\.{Regex.Escape(name)}(\.[A-Z]\w+)?$" : $@"^Tms\.{Regex.Escape(name)}\.[A-Z]\w+$";

    private static void HaveAliases(IEnumerable<(string Name, string? Alias)> types)
    {
        Assert.NotEmpty(types);
        Assert.Empty(types.Where(t => t.Alias is null).Select(t => t.Name));
    }

    private static (string Name, string? Alias) Named(Type type) =>
        (type.FullName!, type.GetCustomAttributes<AliasAttribute>(false).FirstOrDefault()?.Alias);

    private static IEnumerable<FieldInfo> StaticFields() => Production.Types
        .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .Where(
            f => !f.IsLiteral && !f.Name.Contains("<>", StringComparison.Ordinal)
                && (f.Name.EndsWith("k__BackingField", StringComparison.Ordinal) || !f.IsDefined(typeof(CompilerGeneratedAttribute))));

    private static bool IsMutableCollection(Type type) =>
        (typeof(IList).IsAssignableFrom(type) && !type.IsArray && !type.Name.StartsWith("Immutable", StringComparison.Ordinal))
        || (typeof(IDictionary).IsAssignableFrom(type)
            && type.Namespace is "System.Collections.Generic" or "System.Collections.Concurrent");
}
