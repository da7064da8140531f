using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Tms.Domain.Customers;
using Tms.Domain.Shared;
using Tms.Grains.Abstractions.Customers;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Hosting;

namespace Tms.Grains.Tests.Aggregates;

/// <summary>An aggregate whose every command draws two numbers and adds one to the payment terms of a customer.</summary>
public interface ITallyGrain : IAggregateGrain<AddOne, TallyView>;

/// <summary>Adds one to a customer.</summary>
[GenerateSerializer, Immutable]
public sealed record AddOne([property: Id(0)] Guid Customer)
{
    [Id(1)]
    public CustomerView? Found { get; init; }

    /// <summary>The payment terms that nobody may go beyond.</summary>
    [Id(2)]
    public int Limit { get; init; } = int.MaxValue;

    /// <summary>Whether the tally gets an event that its state cannot take.</summary>
    [Id(3)]
    public bool Breaks { get; init; }
}

[GenerateSerializer, Immutable]
public sealed record TallyView([property: Id(0)] int Version, [property: Id(1)] long Number);

public sealed record Tally(int Version = 0, long Number = 0);

[GrainType("tally")]
internal sealed class TallyGrain(
    AggregateServices services) : DeciderGrain<Tally, AddOne, CustomerEvent, TallyView>(TallyDecider.Instance, services), ITallyGrain
{
    protected override TallyView View(Tally state) => new(state.Version, state.Number);

    protected override async ValueTask<AddOne> Complete(AddOne command) =>
        command with { Found = await GrainFactory.GetGrain<ICustomerGrain>(GrainKey.For(Tenant, command.Customer)).Get() };
}

internal sealed class TallyDecider : IDecider<Tally, AddOne, CustomerEvent>
{
    public static readonly TallyDecider Instance = new();

    public string StreamType => "tallies";

    public Tally Initial { get; } = new();

    public int SnapshotSchema => 1;

    public JsonTypeInfo<Tally> SnapshotJson { get; } = (JsonTypeInfo<Tally>)JsonSerializerOptions.Default.GetTypeInfo(typeof(Tally));

    public Decision<CustomerEvent> Decide(Tally state, AddOne command, DateTimeOffset now)
    {
        if (command.Found is not { } found) return Decision.Refuse<CustomerEvent>(Refusal.NotFound("customer"));
        if (found.PaymentTermsDays >= command.Limit)
            return Decision.Refuse<CustomerEvent>(Refusal.State("limit", "The customer has all of it."));
        var more = new CustomerUpdated(found.Number, new() { Name = found.Name, PaymentTermsDays = (found.PaymentTermsDays ?? 0) + 1 });
        if (command.Breaks)
            return new Decision<CustomerEvent>.Accepted([more]) { Related = [new("customers", command.Customer, [more], found.Version)] };
        return Decision<CustomerEvent>.Accepted.Drawing(
            ["tallies", "vouchers"], numbers => new([new CustomerArchived(numbers[0], $"{numbers[1]}")])
            {
                Related = [new("customers", command.Customer, [more], found.Version)],
            });
    }

    public Tally Evolve(Tally state, CustomerEvent e, EventFacts facts) => new(facts.Version, ((CustomerArchived)e).Number);
}
