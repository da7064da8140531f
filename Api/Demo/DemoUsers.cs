using Tms.Api.Auth;
using Tms.Domain.Companies;
using Tms.Domain.Users;
using Tms.Grains.Abstractions.Companies;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Abstractions.Users;

namespace Tms.Api.Demo;

/// <summary>The company itself, and a user of every role in it; the ADMIN is the first start's.</summary>
internal sealed class DemoUsers(LoginGate gate, Passwords passwords) : IDemoArea
{
    /// <summary>Who is in the store wherever the demo data is.</summary>
    public const string LeadEmail = "hovedbruker@demo.example";

    private static readonly UserInput Lead = new(LeadEmail, "Kari", "Nordmann");

    private static readonly CompanyInput Company = new()
    {
        Name = "Nordvei Transport AS",
        OrganisationNumber = "910000012",
        BankAccount = "86011117947",
        Address = DemoCompany.At("Terminalveien 7", "0668", "Oslo"),
        Email = "post@demo.example",
        Phone = "+47 22 00 00 00",
    };

    public async Task Fill(DemoCompany company, CancellationToken cancel)
    {
        var grain = company.Grains.GetGrain<ICompanyGrain>(GrainKey.For(company.Id, company.Id));
        await Once(
            Lead, Role.Hovedbruker,
            hash => company.Do(grain, "company", new RegisterCompany(company.Id, Company, company.Lead, Lead, hash)), cancel);
        await Join(company, Role.Bruker, new("bruker@demo.example", "Ola", "Sjåfør"), cancel);
        await Join(company, Role.Elev, new("elev@demo.example", "Åse", "Lærling"), cancel);
    }

    private Task Join(DemoCompany company, Role role, UserInput person, CancellationToken cancel)
    {
        var name = $"users/{role.ToWire()}";
        return Once(
            person, role,
            hash => company.Do(company.Grain<IUserGrain>(name), name, new RegisterUser(company.IdOf(name), company.Id, role, person, hash)),
            cancel);
    }

    // The password is shown only where it is the one that counts: another process may have been first.
    private async Task Once(UserInput person, Role role, Func<byte[], Task> register, CancellationToken cancel)
    {
        var password = Passwords.Generate();
        await register(await passwords.Hash(password, cancel));
        if ((await gate.Check(new Credentials(person.Email, password, null), new Visit("demo", null), cancel)).User is not null)
            Console.WriteLine($"  {role.ToWire(),-12} {person.Email,-26} {password}");
    }
}
