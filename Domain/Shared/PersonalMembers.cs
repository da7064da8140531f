using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Tms.Domain.Shared;

/// <summary>Which members of an event type are marked <see cref="PersonalDataAttribute"/>, and what is read in their place when nobody can open them any more.</summary>
internal sealed class PersonalMembers
{
    // The member that stored JSON has in their place.
    private const string Sealed = "personal";

    private readonly FrozenSet<string> _texts;

    private PersonalMembers(IEnumerable<string> names, IEnumerable<string> texts) => (Names, _texts) = (names.ToFrozenSet(), texts.ToFrozenSet());

    /// <summary>JSON names.</summary>
    public FrozenSet<string> Names { get; }

    /// <summary>The marked members of a type.</summary>
    /// <exception cref="ArgumentException">
    /// A member has the name of what is sealed; one that may be erased can be neither empty nor null; or one below the first level is marked, where nothing would seal it.
    /// </exception>
    public static PersonalMembers Of(JsonTypeInfo json)
    {
        var marked = json.Type.GetProperties().Where(p => p.IsDefined(typeof(PersonalDataAttribute))).ToDictionary(p => NameOf(json, p));
        var required = marked.Where(m => new NullabilityInfoContext().Create(m.Value).ReadState == NullabilityState.NotNull).ToList();
        if (json.Properties.Any(p => p.Name == Sealed)) throw new ArgumentException($"{json.Type.Name}: '{Sealed}' is the name of what is sealed.", nameof(json));
        if (required.Find(m => m.Value.PropertyType != typeof(string)).Key is { } never) throw new ArgumentException($"{json.Type.Name}: '{never}' tells of a person and cannot be null.", nameof(json));
        if (Nested.FirstIn(json.Type) is { } nested) throw new ArgumentException($"{json.Type.Name}: '{nested}' tells of a person below the first level and would be stored in plain: mark the member that holds it.", nameof(json));
        return new(marked.Keys, required.Select(m => m.Key));
    }

    /// <summary>Whether stored JSON still holds them sealed.</summary>
    public bool AreSealedIn(ReadOnlySpan<byte> json) => Names.Count > 0 && json.IndexOf("\"personal\":{\"sealed\":\""u8) >= 0;

    /// <summary>Takes away what is sealed; what must be a text is an empty one.</summary>
    public void Erase(JsonObject data)
    {
        data.Remove(Sealed);
        foreach (var text in _texts) data.TryAdd(text, "");
    }

    /// <summary>Marked members of what an event holds.</summary>
    private sealed class Nested
    {
        private readonly HashSet<Type> _seen = [];

        /// <summary>The first one that is in no member that is marked as a whole; null where there is none.</summary>
        public static string? FirstIn(Type e) => new Nested().Below(e);

        private string? Below(Type type) =>
            type.GetProperties().Where(p => !IsMarked(p)).Select(p => In(p.PropertyType)).FirstOrDefault(found => found is not null);

        private string? In(Type type)
        {
            if (!_seen.Add(type)) return null;
            if (type.GetElementType() is { } element) return In(element);
            if (type.IsGenericType && type.GetGenericArguments().Select(In).FirstOrDefault(found => found is not null) is { } inside) return inside;
            if (type.Namespace?.StartsWith(nameof(System), StringComparison.Ordinal) != false) return null;
            return type.GetProperties().FirstOrDefault(IsMarked) is { } marked ? $"{type.Name}.{marked.Name}" : Below(type);
        }

        private static bool IsMarked(PropertyInfo property) => property.IsDefined(typeof(PersonalDataAttribute));
    }

    private static string NameOf(JsonTypeInfo json, PropertyInfo property) => json.Options.PropertyNamingPolicy?.ConvertName(property.Name) ?? property.Name;
}
