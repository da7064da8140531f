using System.Text;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Tms.Domain.Shared;
using Xunit;

namespace Tms.Domain.Tests.Shared;

/// <summary>Where events tell of persons is found when a program starts; what cannot be sealed there stops it.</summary>
public sealed partial class PersonalShapeTests
{
    private const string Box = "\"personal\":{\"sealed\":\"AAAA\"}";

    [Fact]
    public void Marked_members_are_found_in_records_lists_and_dictionaries()
    {
        var shape = Shape(ShapeJson.Default.Hired);
        Assert.True(shape.HasMarked);
        Assert.False(shape.NamesPersons);
        Assert.Equal(["employee", "families"], shape.Below.Keys.Order());
        Assert.Equal(["born", "name"], shape.Below["employee"].Marked.Order());
        Assert.Same(shape.Below["employee"], shape.Below["families"].Values);
    }

    [Fact]
    public void A_record_that_holds_itself_is_found_too()
    {
        var shape = Shape(ShapeJson.Default.Tree);
        Assert.Same(shape, shape.Below["children"]);
        Assert.Equal(["name"], shape.Marked);
    }

    [Fact]
    public void A_record_names_its_person()
    {
        var shape = Shape(ShapeJson.Default.Issued);
        Assert.True(shape.HasMarked && shape.NamesPersons);
        Assert.Equal(("holderId", "id"), (shape.About, shape.Below["examiner"].About));
    }

    [Fact]
    public void A_member_that_is_marked_as_a_whole_may_hold_marked_ones()
    {
        var shape = Shape(ShapeJson.Default.Known);
        Assert.Equal(["child"], shape.Marked);
        Assert.Empty(shape.Below);
    }

    [Fact]
    public void What_tells_of_nobody_has_no_shape() =>
        Assert.False(Shape(ShapeJson.Default.Plain) is { HasMarked: true } or { NamesPersons: true } or { Below.Count: > 0 });

    [Fact]
    public void Of_an_erased_person_texts_are_empty_and_other_values_null_at_any_depth()
    {
        var type = EventType.Of("X_HIRED", 1, ShapeJson.Default.Hired);
        var stored = $$$"""{"employee":{"id":3,{{{Box}}}},"families":{"a":[{"id":1,"name":"Kari"},{"id":2,{{{Box}}}}]}}""";
        var hired = (Hired)type.Decode(Encoding.UTF8.GetBytes(stored), 1);
        Assert.Equal(new Employee(3, "", null), hired.Employee);
        Assert.Equal(["Kari", ""], hired.Families["a"].Select(e => e.Name));
    }

    [Fact]
    public void Of_two_persons_the_one_who_is_erased_is_gone_and_the_other_stays()
    {
        var type = EventType.Of("X_ISSUED", 1, ShapeJson.Default.Issued);
        var (holder, examiner) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var issued = (Issued)type.Decode(
            Encoding.UTF8.GetBytes($$$"""{"holderId":"{{{holder}}}",{{{Box}}},"examiner":{"id":"{{{examiner}}}","name":"Kari"}}"""), 1);
        Assert.Equal(new Issued(holder, "", new(examiner, "Kari")), issued);
    }

    [Fact]
    public void A_member_that_can_be_neither_empty_nor_null_cannot_be_personal_at_any_depth()
    {
        Stops(ShapeJson.Default.Born, "'Born.day' tells of a person and cannot be null.");
        Stops(ShapeJson.Default.Registered, "'Born.day' tells of a person and cannot be null.");
    }

    [Fact]
    public void The_name_of_what_is_sealed_is_taken() => Stops(ShapeJson.Default.Taken, "'Taken.personal' has the name of what is sealed.");

    [Fact]
    public void Two_persons_of_one_record_are_refused() =>
        Stops(ShapeJson.Default.Both, "'Both.second' is the second member that names a person: each person needs a record of its own.");

    [Fact]
    public void A_person_that_may_be_nobody_is_refused() =>
        Stops(ShapeJson.Default.Nobody, "'Nobody.id' names a person and must be a Guid that is never null.");

    [Fact]
    public void An_id_that_would_be_sealed_is_refused() =>
        Stops(ShapeJson.Default.Hidden, "'Hidden.id' names a person and must be a Guid that is never null.");

    [Fact]
    public void A_person_inside_of_what_is_sealed_as_a_whole_is_refused() =>
        Stops(ShapeJson.Default.Whole, "'Whole.examiner' is sealed as a whole and names a person inside: mark what is inside instead.");

    [Fact]
    public void A_mark_in_what_a_converter_writes_is_refused() =>
        Stops(ShapeJson.Default.Converted, "'Secretive.Name' is written by a converter of its own, where nothing is sealed.");

    [Fact]
    public void A_mark_in_one_of_several_kinds_is_refused() =>
        Stops(ShapeJson.Default.Owned, "'Person' tells of a person and is one of several kinds of Owner: give it a member of its own.");

    [Fact]
    public void Values_of_any_kind_are_refused() =>
        Stops(ShapeJson.Default.Anything, "'Anything' holds values of any kind, and nobody knows what they tell of.");

    private static PersonalShape Shape<T>(JsonTypeInfo<T> json)
        where T : class => EventType.Of("X", 1, json).Persons;

    private static void Stops<T>(JsonTypeInfo<T> json, string why)
        where T : class =>
            Assert.StartsWith(
                $"{typeof(T).Name}: {why}", Assert.Throws<ArgumentException>(() => Shape(json)).Message, StringComparison.Ordinal);

    public sealed record Plain(string Text, IReadOnlyList<int> Numbers);

    public sealed record Employee(int Id, [property: PersonalData] string Name, [property: PersonalData] DateOnly? Born = null);

    public sealed record Hired(Employee Employee, IReadOnlyDictionary<string, IReadOnlyList<Employee>> Families);

    public sealed record Tree([property: PersonalData] string Name, IReadOnlyList<Tree> Children);

    public sealed record Named([property: About] Guid Id, [property: PersonalData] string Name);

    public sealed record Issued([property: About] Guid HolderId, [property: PersonalData] string HolderName, Named? Examiner);

    public sealed record Known([property: PersonalData] Employee? Child);

    public sealed record Born([property: PersonalData] DateOnly Day);

    public sealed record Registered(IReadOnlyList<Born> Births);

    public sealed record Taken(string Personal);

    public sealed record Both([property: About] Guid First, [property: About] Guid Second);

    public sealed record Nobody([property: About] Guid? Id);

    public sealed record Hidden([property: About, PersonalData] Guid? Id);

    public sealed record Whole([property: PersonalData] Named? Examiner);

    public sealed record Converted(Secretive Value);

    [JsonConverter(typeof(SecretiveConverter))]
    public sealed record Secretive([property: PersonalData] string Name);

    public sealed record Owned(Owner Owner);

    [JsonPolymorphic, JsonDerivedType(typeof(Person), "person"), JsonDerivedType(typeof(Firm), "firm")]
    public abstract record Owner;

    public sealed record Person([property: PersonalData] string Name) : Owner;

    public sealed record Firm(string Name) : Owner;

    public sealed record Anything(object Value);

    private sealed class SecretiveConverter : JsonConverter<Secretive>
    {
        public override Secretive Read(
            ref System.Text.Json.Utf8JsonReader reader, Type typeToConvert, System.Text.Json.JsonSerializerOptions options) =>
                new(reader.GetString()!);

        public override void Write(
            System.Text.Json.Utf8JsonWriter writer, Secretive value, System.Text.Json.JsonSerializerOptions options) =>
                writer.WriteStringValue(value.Name);
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Plain))]
    [JsonSerializable(typeof(Hired))]
    [JsonSerializable(typeof(Tree))]
    [JsonSerializable(typeof(Issued))]
    [JsonSerializable(typeof(Known))]
    [JsonSerializable(typeof(Born))]
    [JsonSerializable(typeof(Registered))]
    [JsonSerializable(typeof(Taken))]
    [JsonSerializable(typeof(Both))]
    [JsonSerializable(typeof(Nobody))]
    [JsonSerializable(typeof(Hidden))]
    [JsonSerializable(typeof(Whole))]
    [JsonSerializable(typeof(Converted))]
    [JsonSerializable(typeof(Owned))]
    [JsonSerializable(typeof(Anything))]
    private sealed partial class ShapeJson : JsonSerializerContext;
}
