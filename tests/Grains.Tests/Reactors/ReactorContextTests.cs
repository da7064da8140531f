using Tms.Domain.Shared;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Reactors;
using Xunit;

namespace Tms.Grains.Tests.Reactors;

public sealed class ReactorContextTests
{
    private static readonly DeliveredEvent Event = new(
        Guid.CreateVersion7(), 1, "things", Guid.CreateVersion7(), 1, Guid.CreateVersion7(), "A", 1, 1_700_000_000_123_456, default,
        new EventMetadata("user", "correlation", Guid.CreateVersion7(), TraceParent: "00-trace").Encode());

    [Fact]
    public void The_same_event_gives_the_same_command() => Assert.Equivalent(Context("r").For(Event, 1), Context("r").For(Event, 1));

    [Fact]
    public void Step_reactor_and_event_tell_commands_apart()
    {
        Guid[] ids = [Id("r", Event, 1), Id("r", Event, 2), Id("s", Event, 1), Id("r", Event with { Id = Guid.CreateVersion7() }, 1)];

        Assert.Equal(4, ids.Distinct().Count());
    }

    [Fact]
    public void A_command_names_its_cause()
    {
        var command = Context("r").For(Event, 1);

        Assert.Equal(
            ("r", "correlation", "00-trace", true), (command.Actor, command.CorrelationId, command.TraceParent, command.MayHaveHappened));
        Assert.Equal(Event.Id, command.CausationId);
        Assert.Equal(32, command.KeyHash!.Length);
        Assert.Equal(7, command.CommandId.Version);
    }

    private static Guid Id(string reactor, DeliveredEvent e, int step) => Context(reactor).For(e, step).CommandId;

    private static ReactorContext Context(string reactor) => new(reactor, null!, TimeProvider.System, CancellationToken.None);
}
