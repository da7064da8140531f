using System.Diagnostics;
using System.Reflection;
using Tms.Domain.Customers;
using Tms.Domain.Sessions;
using Tms.Domain.Shared;
using Tms.Domain.Tests.Views;
using Tms.Domain.Users;
using Xunit;

namespace Tms.Domain.Tests.Shared;

/// <summary>What holds of every aggregate, because it is said once.</summary>
public sealed class AggregateTests
{
    [Fact]
    public void Every_decider_belongs_to_an_aggregate_of_the_list()
    {
        Assert.Equal(Deciders.Select(CommandsOf).Select(t => t.Name).Order(), TmsAggregates.All.Select(a => a.Commands.Name).Order());
    }

    [Fact]
    public void Names_are_given_once() => Assert.Equal(TmsAggregates.All.Count, TmsAggregates.All.DistinctBy(a => a.Name).Count());

    [Fact]
    public void Events_of_an_aggregate_have_one_base_of_their_own() =>
        Assert.Equal(
            TmsAggregates.All.Count,
            TmsAggregates.All.Select(a => Assert.Single(a.Events.Select(e => RootOf(e.Type)).Distinct())).Distinct().Count());

    private static Type RootOf(Type type) => type.BaseType == typeof(object) ? type : RootOf(type.BaseType!);

    [Fact]
    public void Permissions_of_an_aggregate_belong_to_its_module() =>
        Assert.All(TmsAggregates.All, a => Assert.All(a.Permissions, p => Assert.Equal(a.Module, p.Module())));

    [Fact]
    public void Every_permission_of_a_module_belongs_to_an_aggregate() =>
        Assert.Empty(
            Enum.GetValues<Permission>().Where(p => p.Module() is not null).Except(TmsAggregates.All.SelectMany(a => a.Permissions)));

    [Fact]
    public void Every_recorded_event_has_an_arm_in_the_rules_of_its_aggregate() =>
        Assert.All(TmsAggregates.All, aggregate => Assert.NotNull(Folded(aggregate)));

    [Fact]
    public void Every_command_has_an_arm_in_the_rules_of_its_aggregate() => Assert.All(Deciders, decider =>
    {
        var aggregate = TmsAggregates.All.Single(a => a.Commands == CommandsOf(decider));
        var (instance, commands) = (
            decider.GetField("Instance")!.GetValue(null)!, decider.Assembly.GetTypes()
                .Where(t => !t.IsAbstract && t.IsSubclassOf(aggregate.Commands)).ToList());
        var (rules, states) = (RulesOf(decider), Foldings(aggregate).ToList());
        Assert.NotEmpty(commands);
        Assert.NotEmpty(states);
        Assert.All(commands.Select(command => new Filled(odd: false).Of(command)), command => Assert.All(states, state =>
            Assert.IsNotType<UnreachableException>(
                Record.Exception(() => rules.Invoke(instance, [state, command, Some.Now]))?.InnerException)));
    });

    [Fact]
    public void A_command_to_what_does_not_exist_is_refused() => Some.Customer().When(new ArchiveCustomer()).ThenRefusedAsMissing();

    [Fact]
    public void What_nothing_creates_takes_any_command()
    {
        var spec = new Spec<Session, SessionCommand, SessionEvent>(SessionDecider.Instance);
        spec.When(new EndSession(Some.CustomerId, SessionEnd.Logout)).Then<SessionEnded>();
    }

    [Fact]
    public void A_state_carries_what_the_log_says_of_its_events()
    {
        var spec = Some.Customer().Given(new CreateCustomer(Some.CustomerInput())).At(Some.Now.AddDays(1)).Given(new ArchiveCustomer());
        var state = spec.State;
        Assert.Equal((Some.Now, Some.Now.AddDays(1), 2), (state.CreatedAt, state.UpdatedAt, state.Version));
    }

    [Fact]
    public void An_event_or_a_command_that_the_rules_do_not_name_is_a_bug()
    {
        var spec = Some.Customer().Given(new CreateCustomer(Some.CustomerInput()));
        Assert.Throws<UnreachableException>(() => spec.Given(new OddEvent()));
        Assert.Throws<UnreachableException>(() => spec.When(new OddCommand()));
    }

    [Fact]
    public void A_second_creation_is_refused_unless_it_says_the_same()
    {
        var create = new CreateCustomer(Some.CustomerInput());
        var spec = Some.Customer().Given(create);
        spec.When(create).ThenNothing();
        spec.When(new CreateCustomer(Some.CustomerInput() with { Name = "Another" })).ThenRefused("already_exists");
    }

    private sealed record OddEvent : CustomerEvent;

    private sealed record OddCommand : CustomerCommand;

    private static IEnumerable<Type> Deciders =>
        typeof(TmsAggregates).Assembly.GetTypes().Where(t => !t.IsAbstract && t.GetInterfaces().Any(IsDecider));

    // Where the rules of every command are, those that create too: what is refused before is none of theirs.
    private static MethodInfo RulesOf(Type decider) =>
        decider.GetMethod("On", BindingFlags.Instance | BindingFlags.NonPublic) ?? decider.GetMethod("Decide")!;

    private static object? Folded(Aggregate aggregate) => Foldings(aggregate).Last();

    // The states after one event, two events and so on: one of each type, in the order in which the aggregate names them.
    private static IEnumerable<object?> Foldings(Aggregate aggregate)
    {
        object? state = null;
        var version = 0;
        foreach (var type in aggregate.Events)
        {
            var json = File.ReadAllBytes(
                Path.Combine(AppContext.BaseDirectory, "RecordedEvents", $"{type.Name}.v{type.SchemaVersion}.json"));
            state = aggregate.Evolve(state, type.Decode(json, type.SchemaVersion), new(Some.CustomerId, ++version, Some.Now));
            yield return state;
        }
    }

    private static bool IsDecider(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IDecider<,,>);

    private static Type CommandsOf(Type decider) => decider.GetInterfaces().Single(IsDecider).GetGenericArguments()[1];
}
