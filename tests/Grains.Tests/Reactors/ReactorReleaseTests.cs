using System.Globalization;
using Tms.Domain.Shared;
using Tms.EventStore;
using Tms.Grains.Reactors;
using Xunit;

namespace Tms.Grains.Tests.Reactors;

/// <summary>A list for each release of what its reactors looked for: a release adds its own, none is ever changed.</summary>
public sealed class ReactorReleaseTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "RecordedReleases");

    [Fact]
    public void Every_reactor_of_the_last_release_still_looks_for_all_that_it_looked_for()
    {
        var today = Reactors()
            .ToDictionary(r => r.Name, r => ReactorSet.Of(r.Name, r.EventTypes.Select(t => (t, TmsEvents.Catalog.Find(t)!.Reads))));
        var last = Directory.GetFiles(Folder).Order(StringComparer.Ordinal).Last();
        Assert.All(File.ReadLines(last).Select(Read).GroupBy(line => line.Reactor), reactor =>
        {
            Assert.True(today.TryGetValue(reactor.Key, out var set), $"{reactor.Key} is gone: its cursors stand still.");
            Assert.True(
                set.Covers(ReactorSet.Of(reactor.Key, reactor.Select(line => (line.Type, line.Version)))),
                $"{reactor.Key} looks for less.");
        });
    }

    // What a reactor looks for does not depend on what it works with.
    private static IEnumerable<IReactor> Reactors() => typeof(IReactor).Assembly.GetTypes()
        .Where(type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(IReactor)))
        .Select(type => type.GetConstructors().Single())
        .Select(made => (IReactor)made.Invoke(new object?[made.GetParameters().Length]));

    private static (string Reactor, string Type, int Version) Read(string line) =>
        line.Split(' ') is [var reactor, var type, var version]
            ? (reactor, type, int.Parse(version, CultureInfo.InvariantCulture))
            : throw new InvalidDataException(line);
}
