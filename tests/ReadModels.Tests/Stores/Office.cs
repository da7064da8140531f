using Tms.Domain.ApiKeys;
using Tms.Domain.Companies;
using Tms.Domain.Customers;
using Tms.Domain.Invitations;
using Tms.Domain.Invoices;
using Tms.Domain.Shared;
using Tms.Domain.Users;
using Tms.EventStore;

namespace Tms.ReadModels.Tests.Stores;

/// <summary>A company whose commands are decided by the real rules and stored by the real writer; it knows every state.</summary>
internal sealed class Office(Store store)
{
    private readonly Dictionary<Guid, object> _states = [];

    public static DateTimeOffset Now { get; } = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    public TenantId Tenant { get; } = new(Guid.CreateVersion7());

    /// <summary>Invoices in the order of their creation.</summary>
    public IEnumerable<Invoice> Invoices => _states.Values.OfType<Invoice>();

    public IEnumerable<Customer> Customers => _states.Values.OfType<Customer>();

    public IEnumerable<Invitation> Invitations => _states.Values.OfType<Invitation>();

    public IEnumerable<ApiKey> ApiKeys => _states.Values.OfType<ApiKey>();

    public IEnumerable<User> Users => _states.Values.OfType<User>();

    /// <summary>The company sequence at which each aggregate was created.</summary>
    public Dictionary<Guid, long> Created { get; } = [];

    public static SellerSnapshot Seller { get; } =
        new() { CompanyId = Guid.Empty, Name = "Nordtransport AS", OrganisationNumber = "987654325", BankAccount = "86011117947" };

    public Task<bool> Do(Guid id, InvoiceCommand command) => Do(InvoiceDecider.Instance, id, command);

    public Task<bool> Do(Guid id, CustomerCommand command) => Do(CustomerDecider.Instance, id, command);

    public Task<bool> Do(Guid id, UserCommand command) => Do(UserDecider.Instance, id, command);

    public Task<bool> Do(Guid id, InvitationCommand command) => Do(InvitationDecider.Instance, id, command);

    public Task<bool> Do(Guid id, ApiKeyCommand command) => Do(ApiKeyDecider.Instance, id, command);

    public Task<bool> Do(Guid id, CompanyCommand command) => Do(CompanyDecider.Instance, id, command);

    /// <summary>A draft to somebody whose name is given; its id.</summary>
    public async Task<Guid> Draft(string name, Func<InvoiceInput, InvoiceInput>? change = null)
    {
        var id = Guid.CreateVersion7();
        Assert.True(await Do(id, new CreateInvoice((change ?? (i => i))(Input(name)))));
        return id;
    }

    /// <summary>A sent invoice.</summary>
    public async Task<Guid> Sent(string name, Func<InvoiceInput, InvoiceInput>? change = null)
    {
        var id = await Draft(name, change);
        Assert.True(await Do(id, new SendInvoice(Seller)));
        return id;
    }

    public async Task<Guid> Customer(string name)
    {
        var id = Guid.CreateVersion7();
        Assert.True(await Do(id, new CreateCustomer(new() { Name = name })));
        return id;
    }

    public async Task<Guid> User(string first, string last, string? email = null)
    {
        var id = Guid.CreateVersion7();
        Assert.True(await Do(id, new RegisterUser(id, Tenant.Value, Role.Bruker, new(email ?? $"{id:n}@example.no", first, last), [1])));
        return id;
    }

    /// <summary>The customer as an invoice that names it takes it.</summary>
    public CustomerSnapshot Known(Guid customer)
    {
        var state = (Customer)_states[customer];
        return new() { Id = customer, Name = state.Input.Name, Number = state.Number };
    }

    public T State<T>(Guid id) => (T)_states[id];

    public static InvoiceInput Input(string name, decimal price = 100) => new()
    {
        Customer = new() { Name = name },
        Lines = [new() { Description = "Frakt", UnitPrice = price, VatRate = 25 }],
    };

    /// <summary>Whether anything happened.</summary>
    private async Task<bool> Do<TState, TCommand, TEvent>(IDecider<TState, TCommand, TEvent> decider, Guid id, TCommand command)
        where TState : class
        where TEvent : class
    {
        var (state, version) = _states.TryGetValue(id, out var known) ? ((TState)known, VersionOf(known)) : (decider.Initial, 0);
        var decision = decider.Decide(state, command, Now);
        if (decision is not Decision<TEvent>.Accepted { Events.Count: > 0 } accepted) return false;
        var result = Assert.IsType<AppendResult.Appended>(await store.Writer.Append(Unit(decider.StreamType, id, version, accepted)));
        var events = accepted.With(result.Numbers).Events;
        if (version == 0) Created[id] = result.Sequence.Value - events.Count + 1;
        _states[id] = events.Aggregate(state, (s, e) => decider.Evolve(s, e, new(id, ++version, result.Time)));
        return true;
    }

    private AppendUnit Unit<TEvent>(string type, Guid id, int version, Decision<TEvent>.Accepted decision)
        where TEvent : class
    {
        var (data, draws) = (Data(decision.Events), decision.Draws.Count > 0);
        return new()
        {
            Tenant = Tenant,
            Streams = [new(Tenant, new(type, id), new(version), draws ? [.. data.Select(d => d with { Data = default })] : data)],
            Draw = draws
                ? new(
                    decision.Draws,
                    numbers => [.. Data(decision.With(numbers).Events).Zip(data, (d, outline) => d with { Id = outline.Id })])
                : null,
            Metadata = new EventMetadata("kari", "c", Guid.CreateVersion7()).Encode(),
        };
    }

    private static EventData[] Data<TEvent>(IReadOnlyList<TEvent> events)
        where TEvent : class => [.. events.Select(e => (Type: TmsEvents.Catalog.Of(e), Event: e)).Select(e =>
            new EventData(Guid.CreateVersion7(), e.Type.Name, e.Type.SchemaVersion, e.Type.Encode(e.Event), e.Event))];

    private static int VersionOf(object state) => state switch
    {
        Invoice i => i.Version,
        Customer c => c.Version,
        User u => u.Version,
        Company c => c.Version,
        Invitation i => i.Version,
        ApiKey k => k.Version,
        _ => throw new ArgumentException($"{state.GetType().Name} has no version."),
    };
}
