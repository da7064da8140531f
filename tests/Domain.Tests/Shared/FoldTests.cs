using System.Reflection;
using System.Text;
using System.Text.Json;
using Tms.Domain.Shared;
using Xunit;

namespace Tms.Domain.Tests.Shared;

/// <summary>Every event means something to the aggregate that it happened to: no arm of a fold passes it over in silence.</summary>
public sealed class FoldTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "RecordedEvents");
    private static readonly string[] Stamps = ["id", "version", "createdAt", "updatedAt"];

    // Notices in streams that no aggregate has.
    private static readonly string[] OfNoAggregate = ["API_KEY_ENDED", "COMPANY_ACCESS_CHANGED", "USER_ACCESS_CHANGED"];

    [Fact]
    public void Every_recorded_event_changes_more_of_a_state_than_its_version_and_times()
    {
        var (folded, unmoved) = (new HashSet<string>(), new HashSet<string>());
        foreach (var type in typeof(IDecider<,,>).Assembly.GetTypes())
        {
            if (type.IsAbstract || Decides(type) is not { } contract) continue;
            typeof(FoldTests).GetMethod(nameof(Fold), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(
                contract.GetGenericArguments())
                .Invoke(null, [type.GetField("Instance")!.GetValue(null), folded, unmoved]);
        }

        Assert.Equal(OfNoAggregate, TmsEvents.Catalog.All.Select(type => type.Name).Except(folded).Order(StringComparer.Ordinal));
        Assert.Empty(unmoved);
    }

    private static Type? Decides(Type type) =>
        type.GetInterfaces()
            .FirstOrDefault(contract => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IDecider<,,>));

    // Onto the initial state, and onto all that two events can make of it: some of them must show what the event means.
    private static void Fold<TState, TCommand, TEvent>(
        IDecider<TState, TCommand, TEvent> decider, HashSet<string> folded, HashSet<string> unmoved)
        where TState : class
        where TEvent : class
    {
        var recorded = Recorded().Where(e => e.Event is TEvent).Select(e => (e.Name, Event: (TEvent)e.Event)).ToArray();
        TState[] none = [decider.Initial];
        var one = none.SelectMany(state => recorded.Select(e => After(decider, state, e.Event, 1))).ToArray();
        TState[] states = [.. none, .. one, .. one.SelectMany(state => recorded.Select(e => After(decider, state, e.Event, 2)))];
        foreach (var (name, e) in recorded)
        {
            folded.Add(name);
            if (!states.Any(state => Written(decider, After(decider, state, e, 3)) != Written(decider, state))) unmoved.Add(name);
        }
    }

    private static TState After<TState, TCommand, TEvent>(IDecider<TState, TCommand, TEvent> decider, TState state, TEvent e, int version)
        where TState : class
        where TEvent : class =>
        decider.Evolve(state, e, new EventFacts(Some.CustomerId, version, new DateTimeOffset(2026, 1, version, 0, 0, 0, TimeSpan.Zero)));

    private static string Written<TState, TCommand, TEvent>(IDecider<TState, TCommand, TEvent> decider, TState state)
        where TState : class
        where TEvent : class
    {
        var json = JsonSerializer.SerializeToNode(state, decider.SnapshotJson)!.AsObject();
        foreach (var name in json.Select(member => member.Key).Where(name => Stamps.Contains(name, StringComparer.OrdinalIgnoreCase))
            .ToArray()) json.Remove(name);
        return json.ToJsonString();
    }

    private static IEnumerable<(string Name, object Event)> Recorded()
    {
        foreach (var file in Directory.GetFiles(Folder))
        {
            var parts = Path.GetFileName(file).Split('.');
            var schema = int.Parse(parts[1][1..], System.Globalization.CultureInfo.InvariantCulture);
            yield return (
                parts[0], TmsEvents.Catalog.Decode(parts[0], schema, Encoding.UTF8.GetBytes(File.ReadAllText(file).TrimEnd('\n'))));
        }
    }
}
