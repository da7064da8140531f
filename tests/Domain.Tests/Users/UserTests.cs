using System.Reflection;
using System.Text;
using Tms.Domain.Shared;
using Tms.Domain.Tests.Shared;
using Tms.Domain.Users;
using Xunit;

namespace Tms.Domain.Tests.Users;

public sealed class UserTests
{
    [Fact]
    public void A_user_registers_with_a_unique_address_and_a_secret_password()
    {
        var spec = Some.User().When(Some.RegisterUser());
        spec.Then(new UserRegistered(Some.CompanyId, Role.Bruker, "ola.nordmann@example.no", "Ola", "Nordmann"));
        var accepted = Assert.IsType<Decision<UserEvent>.Accepted>(spec.Decision);
        Assert.Equal(new UniqueValue("email", "ola.nordmann@example.no", Some.UserId), Assert.Single(accepted.Unique));
        Assert.Equal(new SecretValue(Some.UserId, "password", Some.PasswordHash), Assert.Single(accepted.Secrets));
    }

    [Fact]
    public void Registering_again_changes_nothing()
    {
        var spec = Registered().When(Some.RegisterUser());
        spec.ThenNothing();
        Assert.Empty(Assert.IsType<Decision<UserEvent>.Accepted>(spec.Decision).Secrets);
    }

    [Fact]
    public void Another_user_under_the_same_id_is_refused() =>
        Registered().When(Some.RegisterUser() with { Person = Some.Person() with { LastName = "Hansen" } }).ThenRefused("already_exists");

    [Fact]
    public void An_ADMIN_belongs_to_the_platform_and_everybody_else_to_a_company()
    {
        Some.User().When(Some.RegisterUser() with { Role = Role.Admin, CompanyId = null }).Then<UserRegistered>();
        Some.User().When(Some.RegisterUser() with { Role = Role.Admin }).ThenRefused("role_not_allowed", "/role");
        Some.User().When(Some.RegisterUser() with { CompanyId = null }).ThenRefused("role_not_allowed", "/role");
    }

    [Fact]
    public void A_profile_is_replaced_and_keeps_address_and_role()
    {
        var spec = Registered();
        spec.When(new UpdateProfile("Ola", "Hansen", "22334455", Some.Address()))
            .Then(new UserUpdated("Ola", "Hansen", "22334455", Some.Address()));
        Assert.Equal(("Hansen", "ola.nordmann@example.no", Role.Bruker), (spec.State.LastName, spec.State.Email, spec.State.Role));
        spec.When(new UpdateProfile("Ola", "Hansen", "22334455", Some.Address())).ThenNothing();
    }

    [Fact]
    public void A_user_that_does_not_exist_is_not_found() => Some.User().When(new UpdateProfile("A", "B")).ThenRefused("not_found");

    [Theory]
    [InlineData("", "Ola", "Nordmann", "required", "/email")]
    [InlineData("ola", "Ola", "Nordmann", "invalid_email", "/email")]
    [InlineData("ola@example.no", "", "Nordmann", "required", "/firstName")]
    [InlineData("ola@example.no", "Ola", "\u0000", "invalid_characters", "/lastName")]
    public void A_fault_of_a_new_user_is_refused(string email, string first, string last, string code, string field) =>
        Some.User().When(Some.RegisterUser() with { Person = new UserInput(email, first, last) }).ThenRefused(code, field);

    [Fact]
    public void A_fault_of_a_profile_is_refused()
    {
        Registered().When(new UpdateProfile("", "B")).ThenRefused("required", "/firstName");
        Registered().When(new UpdateProfile("A", "B", "x")).ThenRefused("invalid_phone", "/phone");
        Registered().When(new UpdateProfile("A", "B", null, Some.Address() with { Country = "?" }))
            .ThenRefused("unknown_country", "/address/country");
    }

    [Fact]
    public void No_secret_is_in_any_event()
    {
        var registered =
            Some.User().When(Some.RegisterUser() with { PasswordHash = Encoding.UTF8.GetBytes("hemmelig") }).Then<UserRegistered>();
        var json = Encoding.UTF8.GetString(TmsEvents.Catalog.Of(registered).Encode(registered));
        Assert.DoesNotContain("hemmelig", json, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes("hemmelig")), json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(UserRegistered), "Email,FirstName,LastName")]
    [InlineData(typeof(UserUpdated), "Address,FirstName,LastName,Phone")]
    public void What_tells_of_a_person_is_marked(Type type, string members) =>
        Assert.Equal(
            members,
            string.Join(
                ',',
                type.GetProperties().Where(p => p.GetCustomAttribute<PersonalDataAttribute>() is not null).Select(p => p.Name).Order()));

    private static Spec<User, UserCommand, UserEvent> Registered() => Some.User().Given(Some.RegisterUser());
}
