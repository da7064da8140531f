using System.Reflection;

namespace Tms.Architecture.Tests;

/// <summary>What crosses between silos crosses whole: a member without an id is lost there, and only there.</summary>
public sealed class WireTests
{
    private static IEnumerable<Type> Wire =>
        Production.Types.Where(type => type.IsDefined(typeof(GenerateSerializerAttribute), false) && !type.IsEnum);

    [Fact]
    public void Every_member_that_can_be_set_has_an_id() =>
        Assert.Empty(
            Wire.SelectMany(Members).Where(member => IdOf(member) is null).Select(member => $"{member.DeclaringType}.{member.Name}"));

    [Fact]
    public void No_id_is_given_twice_in_a_type() =>
        Assert.Empty(
            Wire.Where(type => Members(type).Select(IdOf).GroupBy(id => id).Any(group => group.Count() > 1)).Select(type => type.FullName));

    private static IEnumerable<PropertyInfo> Members(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(member => member.SetMethod is not null);

    // Also on the field behind a property.
    private static uint? IdOf(PropertyInfo member) =>
        member.GetCustomAttribute<IdAttribute>()?.Id
        ?? member.DeclaringType!.GetField(
            $"<{member.Name}>k__BackingField", BindingFlags.NonPublic | BindingFlags.Instance)?.GetCustomAttribute<IdAttribute>()?.Id;
}
