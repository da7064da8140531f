using Tms.Domain.Companies;
using Tms.Domain.Shared;
using Tms.Domain.Tests.Shared;
using Tms.Domain.Users;
using Xunit;

namespace Tms.Domain.Tests.Companies;

public sealed class CompanyTests
{
    private static readonly Module[] All = [Module.Economy, Module.Hr, Module.Quiz, Module.Sikkerhetskontroll];

    [Fact]
    public void A_company_registers_with_its_first_user_and_all_modules()
    {
        var spec = Some.Company().When(Some.Register());
        var created = spec.Then<CompanyCreated>();
        Assert.Equal(All, created.Modules);
        var accepted = Assert.IsType<Decision<CompanyEvent>.Accepted>(spec.Decision);
        var related = Assert.Single(accepted.Related);
        Assert.Equal(("users", Some.UserId), (related.StreamType, related.StreamId));
        Assert.Equal(
            new UserRegistered(Some.CompanyId, Role.Hovedbruker, "ola.nordmann@example.no", "Ola", "Nordmann"),
            Assert.Single(related.Events));
        Assert.Equal(new UniqueValue("email", "ola.nordmann@example.no", Some.UserId), Assert.Single(accepted.Unique));
        Assert.Equal(new SecretValue(Some.UserId, "password", Some.PasswordHash), Assert.Single(accepted.Secrets));
    }

    [Fact]
    public void Registering_again_changes_nothing()
    {
        var spec = Registered().When(Some.Register());
        spec.ThenNothing();
        Assert.Empty(Assert.IsType<Decision<CompanyEvent>.Accepted>(spec.Decision).Related);
    }

    [Fact]
    public void Another_company_under_the_same_id_is_refused() =>
        Registered().When(new CreateCompany(Some.CompanyInput() with { Name = "En annen" })).ThenRefused("already_exists");

    [Fact]
    public void A_company_made_by_the_platform_has_no_modules_and_no_user()
    {
        var spec = Some.Company().When(new CreateCompany(Some.CompanyInput()));
        Assert.Empty(spec.Then<CompanyCreated>().Modules);
        Assert.Empty(Assert.IsType<Decision<CompanyEvent>.Accepted>(spec.Decision).Related);
    }

    [Fact]
    public void An_update_replaces_everything()
    {
        var input = Some.CompanyInput() with { VatRegistered = false, BankAccount = null, KidMethod = KidMethod.Mod11 };
        var spec = Registered();
        spec.When(new UpdateCompany(input)).Then(new CompanyUpdated(input));
        Assert.Equal(input, spec.State.Input);
        spec.When(new UpdateCompany(input)).ThenNothing();
    }

    [Fact]
    public void The_organisation_number_stays() =>
        Registered().When(new UpdateCompany(Some.CompanyInput() with { OrganisationNumber = "974760673" }))
            .ThenRefused("organisation_number_fixed", "/organisationNumber");

    [Fact]
    public void A_company_that_does_not_exist_is_not_found()
    {
        Some.Company().When(new UpdateCompany(Some.CompanyInput())).ThenRefused("not_found");
        Some.Company().When(new SetModules([])).ThenRefused("not_found");
    }

    [Fact]
    public void Modules_are_switched_one_by_one()
    {
        var spec = Registered();
        spec.When(new SetModules([Module.Quiz, Module.Economy]))
            .Then(new ServiceDeactivated(Module.Hr), new ServiceDeactivated(Module.Sikkerhetskontroll));
        spec.When(new SetModules([Module.Quiz, Module.Economy, Module.Quiz])).ThenNothing();
        spec.When(new SetModules([Module.Hr, Module.Quiz])).Then(new ServiceActivated(Module.Hr), new ServiceDeactivated(Module.Economy));
        Assert.Equal([Module.Hr, Module.Quiz], spec.State.Modules);
        spec.When(new SetModules(default));
        Assert.Empty(spec.State.Modules);
    }

    [Fact]
    public void A_module_that_does_not_exist_is_refused() =>
        Registered().When(new SetModules([(Module)9])).ThenRefused("unknown_module", "/modules");

    public static readonly TheoryData<string, string, Func<CompanyInput, CompanyInput>> Faulty = new()
    {
        { "/name", "required", i => i with { Name = "" } },
        { "/name", "required", i => i with { Name = "\u200b" } },
        { "/organisationNumber", "invalid_organisation_number", i => i with { OrganisationNumber = "123456784" } },
        { "/organisationNumber", "required", i => i with { OrganisationNumber = null! } },
        { "/bankAccount", "invalid_bank_account", i => i with { BankAccount = "86011117949" } },
        { "/email", "invalid_email", i => i with { Email = "x" } },
        { "/phone", "invalid_phone", i => i with { Phone = "x" } },
        { "/address/country", "unknown_country", i => i with { Address = Some.Address() with { Country = "ZZ" } } },
    };

    [Theory]
    [MemberData(nameof(Faulty), DisableDiscoveryEnumeration = true)]
    public void A_fault_is_refused(string field, string code, Func<CompanyInput, CompanyInput> spoil)
    {
        var input = spoil(Some.CompanyInput());
        Some.Company().When(new CreateCompany(input)).ThenRefused(code, field);
        Registered().When(new UpdateCompany(input)).ThenRefused(code, field);
        Some.Company().When(Some.Register() with { Input = input }).ThenRefused(code, "/company" + field);
    }

    [Fact]
    public void A_registration_tells_all_faults_of_company_and_person() =>
        Assert.Equal(
            ["/company/name", "/company/address/country", "/email", "/firstName"],
            CompanyRules.Check(
                Some.CompanyInput() with { Name = "", Address = Some.Address() with { Country = "" } },
                new UserInput("x", " ", "Y")).Select(f => f.Field));

    private static Spec<Company, CompanyCommand, CompanyEvent> Registered() => Some.Company().Given(Some.Register());
}
