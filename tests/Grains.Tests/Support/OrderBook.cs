using Tms.Domain.Customers;
using Tms.Domain.Shared;
using Tms.EventStore;
using Tms.Grains.Abstractions.Customers;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Reactors;
using Xunit;

namespace Tms.Grains.Tests.Support;

/// <summary>A reactor with an effect in the log: it registers one customer per order.</summary>
internal sealed class OrderBook(string name, params string[] more) : IReactor
{
    private static readonly CustomerInput Input = new() { Name = "Fjord Bygg AS", Address = new Address("Storgata 1", "0155", "Oslo") };

    public string Name => name;

    public IReadOnlySet<string> EventTypes { get; } = more.Append(Orders.Placed).ToHashSet();

    public bool ActsOnHistory { get; init; }

    /// <summary>Called before the effect of each attempt.</summary>
    public Func<DeliveredEvent, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>Called after the effect of each attempt.</summary>
    public Func<DeliveredEvent, Task> After { get; set; } = _ => Task.CompletedTask;

    public Counted Attempts { get; } = new();

    public Counted Handled { get; } = new();

    public async Task Handle(DeliveredEvent e, ReactorContext context)
    {
        Attempts.Add();
        await Before(e);
        var command = context.For(e, 0);
        var outcome = await context.Grains.GetGrain<ICustomerGrain>(GrainKey.For(e.Tenant, command.CommandId))
            .Execute(new CreateCustomer(Input), command);
        Assert.True(outcome.Kind is OutcomeKind.Done or OutcomeKind.Replayed, $"{outcome.Kind} {outcome.Refusal}");
        await After(e);
        Handled.Add();
    }

    /// <summary>How often each order of a company had its effect, by the order's sequence.</summary>
    public async Task<IReadOnlyDictionary<long, int>> Effects(IEventReader reader, TenantId tenant)
    {
        var log = new List<RecordedEvent>();
        while (await reader.ReadCompany(tenant, new(log.Count), 100_000) is { Count: > 0 } page) log.AddRange(page);
        var causes = log.Where(e => e.Type == "CUSTOMER_CREATED").Select(e => EventMetadata.Decode(e.Metadata.Span))
            .Where(m => m.Actor == Name).ToLookup(m => m.CausationId);
        return log.Where(e => EventTypes.Contains(e.Type)).ToDictionary(e => e.Sequence.Value, e => causes[e.Id].Count());
    }
}
