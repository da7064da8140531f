using System.Diagnostics;
using System.Text.Json.Serialization.Metadata;
using Tms.Domain.Shared;

namespace Tms.Domain.Customers;

/// <summary>The rules of customers.</summary>
public sealed class CustomerDecider : IDecider<Customer, CustomerCommand, CustomerEvent>
{
    /// <summary>The one there is: it has no state of its own.</summary>
    public static readonly CustomerDecider Instance = new();

    private const string Series = "customers";

    private CustomerDecider()
    {
    }

    /// <inheritdoc />
    public string StreamType => "customers";

    /// <inheritdoc />
    public Customer Initial => Customer.Initial;

    /// <inheritdoc />
    public int SnapshotSchema => 1;

    /// <inheritdoc />
    public JsonTypeInfo<Customer> SnapshotJson => CustomerJson.Default.Customer;

    /// <inheritdoc />
    public Decision<CustomerEvent> Decide(Customer state, CustomerCommand command, DateTimeOffset now) => command switch
    {
        CreateCustomer create => Create(state, create.Input),
        _ when !state.Exists => Decision.Refuse<CustomerEvent>(Refusal.NotFound("customer")),
        UpdateCustomer update => Update(state, update.Input),
        ArchiveCustomer => Archive(state),
        _ => throw new UnreachableException($"{command.GetType().Name} is no command of a customer."),
    };

    /// <inheritdoc />
    public Customer Evolve(Customer state, CustomerEvent e, EventFacts facts) => Apply(state, e) with
    {
        Id = facts.StreamId,
        Version = facts.Version,
        CreatedAt = state.Exists ? state.CreatedAt : facts.At,
        UpdatedAt = facts.At,
    };

    private static Customer Apply(Customer state, CustomerEvent e) => e switch
    {
        CustomerCreated created => state with { Number = created.Number, Input = created.Input },
        CustomerUpdated updated => state with { Input = updated.Input },
        CustomerArchived => state with { IsArchived = true },
        _ => state,
    };

    private static Decision<CustomerEvent> Create(Customer state, CustomerInput input)
    {
        if (state.Exists && state.Input == input) return Decision.Nothing<CustomerEvent>();
        if (state.Exists) return Decision.Refuse<CustomerEvent>(Refusal.State("already_exists", "There is another customer with this id."));
        return CustomerRules.Check(input) is [var fault, ..]
            ? Decision.Refuse<CustomerEvent>(fault)
            : Decision.Draw<CustomerEvent>(Series, number => [new CustomerCreated(number, input)]);
    }

    private static Decision<CustomerEvent> Update(Customer state, CustomerInput input)
    {
        if (state.IsArchived) return Decision.Refuse<CustomerEvent>(Refusal.State("customer_archived", "The customer is archived and can no longer be changed."));
        if (CustomerRules.Check(input) is [var fault, ..]) return Decision.Refuse<CustomerEvent>(fault);
        return state.Input == input ? Decision.Nothing<CustomerEvent>() : Decision.Of<CustomerEvent>(new CustomerUpdated(state.Number, input));
    }

    private static Decision<CustomerEvent> Archive(Customer state) =>
        state.IsArchived ? Decision.Nothing<CustomerEvent>() : Decision.Of<CustomerEvent>(new CustomerArchived(state.Number, state.Input.Name));
}
