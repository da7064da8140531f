using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace Tms.Domain.Shared;

/// <summary>Where the JSON of an event, or of a value inside it, tells of persons. Found once, when a program starts.</summary>
/// <remarks>Each item of an array has the shape of the array's member. A shape may contain itself, as trees do.</remarks>
public sealed class PersonalShape
{
    // The member that stored JSON has in the place of the marked ones.
    internal const string Sealed = "personal";

    /// <summary>Nothing that tells of a person.</summary>
    internal static PersonalShape None { get; } = new();

    /// <summary>JSON names of the members that are sealed here.</summary>
    public FrozenSet<string> Marked { get; internal set; } = FrozenSet<string>.Empty;

    /// <summary>
    /// JSON name of the member that holds the person's id; null: the person is that of the record around it, at last the stream's.
    /// </summary>
    public string? About { get; internal set; }

    /// <summary>Members in which something is marked or named further down, by JSON name.</summary>
    public FrozenDictionary<string, PersonalShape> Below { get; internal set; } = FrozenDictionary<string, PersonalShape>.Empty;

    /// <summary>Shape of all values where the JSON object is a dictionary; null where it is a record.</summary>
    public PersonalShape? Values { get; internal set; }

    /// <summary>Whether anything is sealed, here or further down.</summary>
    public bool HasMarked { get; internal set; }

    /// <summary>Whether a person is named by an id, here or further down.</summary>
    public bool NamesPersons { get; internal set; }

    // Marked members that must be a text.
    internal FrozenSet<string> Texts { get; set; } = FrozenSet<string>.Empty;

    /// <summary>Whether stored JSON still holds something sealed.</summary>
    internal bool IsSealedIn(ReadOnlySpan<byte> json) => HasMarked && json.IndexOf("\"personal\":{\"sealed\":\""u8) >= 0;

    /// <summary>Takes away what is sealed; what must be a text is an empty one.</summary>
    internal void Erase(JsonNode? json)
    {
        if (json is JsonArray items)
        {
            foreach (var item in items) Erase(item);
        }
        else if (json is JsonObject members)
        {
            EraseMembers(members);
        }
    }

    private void EraseMembers(JsonObject members)
    {
        if (Values is not null)
        {
            foreach (var value in members) Values.Erase(value.Value);
            return;
        }

        if (Marked.Count > 0 && members.Remove(Sealed))
        {
            foreach (var text in Texts) members.TryAdd(text, "");
        }

        foreach (var (name, shape) in Below) shape.Erase(members[name]);
    }
}
