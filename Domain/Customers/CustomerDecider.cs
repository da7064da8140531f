using Tms.Domain.Shared;

namespace Tms.Domain.Customers;

/// <summary>The rules of customers.</summary>
public sealed class CustomerDecider()
    : Decider<Customer, CustomerCommand, CustomerEvent>("customers", "customer", CustomerJson.Default.Customer)
{
    /// <summary>The one there is: it has no state of its own.</summary>
    public static readonly CustomerDecider Instance = new();

    private const string Series = "customers";

    /// <inheritdoc />
    protected override Decision<CustomerEvent> On(Customer state, CustomerCommand command, DateTimeOffset now) => command switch
    {
        CreateCustomer create => Create(create.Input),
        UpdateCustomer update => Update(state, update.Input),
        ArchiveCustomer => Archive(state),
        _ => throw Decider.Unknown(command),
    };

    /// <inheritdoc />
    protected override Customer Apply(Customer state, CustomerEvent e, EventFacts facts) => e switch
    {
        CustomerCreated created => state with { Number = created.Number, Input = created.Input },
        CustomerUpdated updated => state with { Input = updated.Input },
        CustomerArchived => state with { IsArchived = true },
        _ => throw Decider.Unknown(e),
    };

    /// <inheritdoc />
    protected override Decision<CustomerEvent> Again(Customer state, CustomerCommand command, DateTimeOffset now) =>
        command is CreateCustomer create && state.Input == create.Input ? Decision.Nothing<CustomerEvent>() : AlreadyExists();

    private static Decision<CustomerEvent> Create(CustomerInput input) => CustomerRules.Check(input) is [var fault, ..]
        ? Decision.Refuse<CustomerEvent>(fault)
        : Decision.Draw<CustomerEvent>(Series, number => [new CustomerCreated(number, input)]);

    private static Decision<CustomerEvent> Update(Customer state, CustomerInput input)
    {
        if (state.IsArchived)
            return Decision.Refuse<CustomerEvent>(
                Refusal.State(CustomerCodes.CustomerArchived, "The customer is archived and can no longer be changed."));
        if (CustomerRules.Check(input) is [var fault, ..]) return Decision.Refuse<CustomerEvent>(fault);
        return state.Input == input
            ? Decision.Nothing<CustomerEvent>()
            : Decision.Of<CustomerEvent>(new CustomerUpdated(state.Number, input));
    }

    private static Decision<CustomerEvent> Archive(Customer state) =>
        state.IsArchived
            ? Decision.Nothing<CustomerEvent>()
            : Decision.Of<CustomerEvent>(new CustomerArchived(state.Number, state.Input.Name));
}
