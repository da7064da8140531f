using System.Collections.Frozen;

namespace Tms.Grains.Reactors;

/// <summary>The reactors of this program, by name and by the events they act on.</summary>
public sealed class ReactorCatalog
{
    private readonly FrozenDictionary<string, IReactor> _byName;
    private readonly FrozenDictionary<string, string[]> _byEventType;

    /// <summary>A catalog of the given reactors; a name given twice, or with a slash, is a bug and throws.</summary>
    public ReactorCatalog(IEnumerable<IReactor> reactors)
    {
        _byName = reactors.ToFrozenDictionary(r => r.Name);
        if (_byName.Keys.FirstOrDefault(name => name.Contains('/', StringComparison.Ordinal)) is { } wrong)
        {
            throw new ArgumentException($"The reactor's name {wrong} has a slash, which grain keys are cut at.", nameof(reactors));
        }

        _byEventType = _byName.Values
            .SelectMany(r => r.EventTypes, (r, type) => (r.Name, Type: type))
            .GroupBy(pair => pair.Type, pair => pair.Name)
            .ToFrozenDictionary(group => group.Key, group => group.ToArray());
    }

    /// <summary>Names of all reactors.</summary>
    public IReadOnlyList<string> Names => _byName.Keys;

    /// <summary>The reactor with a name; null when this program has none.</summary>
    public IReactor? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Names of the reactors that act on a type of events.</summary>
    public IReadOnlyList<string> ActingOn(string eventType) => _byEventType.TryGetValue(eventType, out var names) ? names : [];
}
