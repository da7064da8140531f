using Tms.Domain.ApiKeys;
using Tms.Domain.Companies;
using Tms.Domain.Customers;
using Tms.Domain.Invitations;
using Tms.Domain.Invoices;
using Tms.Domain.Users;

namespace Tms.ReadModels.Tests.Stores;

/// <summary>What people do in an office, at random but the same for the same seed. What the rules refuse does not happen.</summary>
internal sealed class OfficeDay(Office office, int seed)
{
    private static readonly string[] Names = [
        "Ås Bygg AS", "A\u030As Transport", "ÆØÅ Frakt", "Østfold 100% AS", "O'Neill_Bil", "Fjord\\Sjø", "Ola Nordmann", "ola  nordmann",
        "Kari"];
    private readonly Random _random = new(seed);
    private static readonly Actor Chief = new(Guid.CreateVersion7(), Role.Hovedbruker);
    private bool _registered;

    public async Task Do(int steps)
    {
        for (var n = 0; n < steps; n++) await Step();
    }

    /// <summary>Changes no invoice of those given.</summary>
    public async Task Do(int steps, IReadOnlySet<Guid> untouched)
    {
        for (var n = 0; n < steps; n++)
        {
            if (_random.Next(2) == 0) await NewInvoice();
            else await Change(office.Invoices.Where(i => !untouched.Contains(i.Id)).Select(i => i.Id).ToArray());
        }
    }

    private Task Step() => _random.Next(14) switch
    {
        12 => Invite(),
        13 => NewKey(),
        0 => NewCustomer(),
        1 => ChangeCustomer(),
        2 => office.User(Name(), "Hansen"),
        3 => ChangeUser(),
        4 => ChangeCompany(),
        5 or 6 or 7 => NewInvoice(),
        _ => Change([.. office.Invoices.Select(i => i.Id)]),
    };

    private async Task NewInvoice() => await office.Do(Guid.CreateVersion7(), new CreateInvoice(Input(out var known), known));

    private async Task Change(Guid[] among)
    {
        if (Any(among) is not { } id) return;
        var state = office.State<Invoice>(id);
        await office.Do(id, _random.Next(9) switch
        {
            0 => new UpdateInvoice(Input(out var known), known),
            1 or 2 or 3 => new SendInvoice(Office.Seller, state.Input.CustomerId is { } customer ? office.Known(customer) : null),
            4 => new CancelInvoice("Not needed"),
            5 => new PayInvoice(Guid.CreateVersion7()),
            6 => new PayInvoice(Guid.CreateVersion7(), 1),
            7 when state.Payments is [var first, ..] => new ReversePayment(first.Id, "It bounced"),
            _ => new MarkOverdue(new DateOnly(2026, 12, 24)),
        });
    }

    private async Task NewCustomer() => await office.Do(Guid.CreateVersion7(), new CreateCustomer(new() { Name = Name() }));

    private async Task ChangeCustomer()
    {
        if (Any([.. office.Customers.Select(c => c.Id)]) is not { } id) return;
        await office.Do(
            id,
            _random.Next(4) == 0
                ? new ArchiveCustomer()
                : new UpdateCustomer(new() { Name = Name(), PaymentTermsDays = _random.Next(60) }));
    }

    private async Task ChangeUser()
    {
        if (Any([.. office.Users.Select(u => u.Id)]) is { } id) await office.Do(id, new UpdateProfile(Name(), "Olsen", "22334455"));
    }

    private async Task ChangeCompany()
    {
        var input = new CompanyInput { Name = Name(), OrganisationNumber = "987654325" };
        CompanyCommand command = _registered
            ? _random.Next(2) == 0 ? new UpdateCompany(input) : new SetModules([(Module)_random.Next(4)])
            : new CreateCompany(input);
        _registered = true;
        await office.Do(office.Tenant.Value, command);
    }

    private async Task Invite()
    {
        if (_random.Next(2) == 0 && Any([.. office.Invitations.Select(i => i.Id)]) is { } id) await office.Do(id, new WithdrawInvitation());
        else await office.Do(Guid.CreateVersion7(), new InviteUser(office.Tenant.Value, "ola@example.no", Role.Elev, Chief));
    }

    private async Task NewKey()
    {
        if (_random.Next(2) == 0 && Any([.. office.ApiKeys.Select(k => k.Id)]) is { } id) await office.Do(id, new RevokeApiKey());
        else
        {
            var made = Guid.CreateVersion7();
            await office.Do(made, new CreateApiKey(made, Name(), [Permission.EconomyRead], [1], Chief));
        }
    }

    private InvoiceInput Input(out CustomerSnapshot? known)
    {
        var customer = _random.Next(2) == 0 ? Any([.. office.Customers.Where(c => !c.IsArchived).Select(c => c.Id)]) : null;
        known = customer is { } id ? office.Known(id) : null;
        var issued = _random.Next(2) == 0 ? (DateOnly?)null : new DateOnly(2026, 11, 1).AddDays(_random.Next(20));
        return Office.Input(Name(), _random.Next(0, 40) * 25) with
        {
            CustomerId = customer,
            Customer = customer is null ? new() { Name = Name() } : null,
            IssueDate = issued,
            DueDate = issued is null || _random.Next(2) == 0 ? null : issued.Value.AddDays(_random.Next(30)),
            Reference = _random.Next(2) == 0 ? null : Name(),
        };
    }

    private string Name() => Names[_random.Next(Names.Length)];

    private Guid? Any(Guid[] ids) => ids.Length == 0 ? null : ids[_random.Next(ids.Length)];
}
