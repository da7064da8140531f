using Tms.Domain.Customers;
using Tms.Domain.Shared;
using Tms.Domain.Tests.Shared;
using Xunit;

namespace Tms.Domain.Tests.Customers;

public sealed class CustomerTests
{
    [Fact]
    public void A_customer_draws_its_number_when_it_is_stored()
    {
        var spec = Some.Customer().When(new CreateCustomer(Some.CustomerInput()));
        Assert.Equal(["customers"], Assert.IsType<Decision<CustomerEvent>.Accepted>(spec.Decision).Draws);
        spec.Then(new CustomerCreated(10042, Some.CustomerInput()));
        Assert.Equal((10042L, Some.CustomerInput(), false), (spec.State.Number, spec.State.Input, spec.State.IsArchived));
    }

    [Fact]
    public void The_same_customer_again_changes_nothing() => Created().When(new CreateCustomer(Some.CustomerInput())).ThenNothing();

    [Fact]
    public void Another_customer_under_the_same_id_is_refused() =>
        Created().When(new CreateCustomer(Some.CustomerInput() with { Name = "En annen" })).ThenRefused("already_exists");

    [Fact]
    public void An_update_replaces_everything_but_the_number()
    {
        var spec = Created();
        spec.When(new UpdateCustomer(new CustomerInput { Name = "Bare navn" }))
            .Then(new CustomerUpdated(10042, new CustomerInput { Name = "Bare navn" }));
        Assert.Equal((10042L, null), (spec.State.Number, spec.State.Input.Email));
    }

    [Fact]
    public void An_update_that_says_the_same_changes_nothing() => Created().When(new UpdateCustomer(Some.CustomerInput())).ThenNothing();

    [Fact]
    public void An_archived_customer_is_not_changed_any_more()
    {
        var spec = Created();
        spec.When(new ArchiveCustomer()).Then(new CustomerArchived(10042, "Fjord Bygg AS"));
        Assert.True(spec.State.IsArchived);
        spec.When(new UpdateCustomer(new CustomerInput { Name = "X" })).ThenRefused("customer_archived");
        spec.When(new ArchiveCustomer()).ThenNothing();
    }

    [Fact]
    public void A_customer_that_does_not_exist_is_not_found()
    {
        Some.Customer().When(new UpdateCustomer(Some.CustomerInput())).ThenRefused("not_found");
        Some.Customer().When(new ArchiveCustomer()).ThenRefused("not_found");
    }

    public static readonly TheoryData<string, string, Func<CustomerInput, CustomerInput>> Faulty = new()
    {
        { "/name", "required", i => i with { Name = "" } },
        { "/name", "required", i => i with { Name = "\u200b\u3164" } },
        { "/name", "invalid_characters", i => i with { Name = "\ufffe" } },
        { "/name", "too_long", i => i with { Name = new string('x', 201) } },
        { "/name", "invalid_characters", i => i with { Name = "\u0001" } },
        { "/organisationNumber", "invalid_organisation_number", i => i with { OrganisationNumber = "974760674" } },
        { "/email", "invalid_email", i => i with { Email = "post" } },
        { "/phone", "invalid_phone", i => i with { Phone = "ring meg" } },
        { "/phone", "invalid_phone", i => i with { Phone = "1" } },
        { "/address/country", "unknown_country", i => i with { Address = Some.Address() with { Country = "xx" } } },
        { "/address/street", "too_long", i => i with { Address = Some.Address() with { Street = new string('x', 201) } } },
        { "/address/postalCode", "too_long", i => i with { Address = Some.Address() with { PostalCode = new string('1', 21) } } },
        { "/paymentTermsDays", "out_of_range", i => i with { PaymentTermsDays = -1 } },
        { "/paymentTermsDays", "out_of_range", i => i with { PaymentTermsDays = 366 } },
        { "/peppolId", "invalid_peppol_id", i => i with { PeppolId = "974760673" } },
        { "/peppolId", "invalid_peppol_id", i => i with { PeppolId = "0192:" } },
        { "/peppolId", "invalid_peppol_id", i => i with { PeppolId = "0192:974760674" } },
        { "/peppolId", "invalid_peppol_id", i => i with { PeppolId = "abcd:974760673" } },
        { "/peppolId", "invalid_peppol_id", i => i with { PeppolId = "0088:7 3 0" } },
    };

    [Theory]
    [MemberData(nameof(Faulty), DisableDiscoveryEnumeration = true)]
    public void A_fault_is_refused_at_creation_and_at_update(string field, string code, Func<CustomerInput, CustomerInput> spoil)
    {
        var input = spoil(Some.CustomerInput());
        Assert.Equal((field, code), (Assert.Single(CustomerRules.Check(input)).Field, CustomerRules.Check(input)[0].Code));
        Some.Customer().When(new CreateCustomer(input)).ThenRefused(code, field);
        Created().When(new UpdateCustomer(input)).ThenRefused(code, field);
    }

    [Theory]
    [InlineData("0088:7300010000001")]
    [InlineData("0192:974760673")]
    [InlineData("9908:974760673")]
    public void A_Peppol_id_is_scheme_and_value(string id) =>
        Assert.Empty(CustomerRules.Check(Some.CustomerInput() with { PeppolId = id }));

    private static Spec<Customer, CustomerCommand, CustomerEvent> Created() =>
        Some.Customer().Given(new CreateCustomer(Some.CustomerInput()));
}
