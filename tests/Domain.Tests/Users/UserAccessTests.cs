using Tms.Domain.Access;
using Tms.Domain.Shared;
using Tms.Domain.Tests.Shared;
using Tms.Domain.Users;
using Xunit;

namespace Tms.Domain.Tests.Users;

/// <summary>What others may do to a user.</summary>
public sealed class UserAccessTests
{
    private static readonly Actor Chief = new(Guid.NewGuid(), Role.Hovedbruker);
    private static readonly Actor Admin = new(Guid.NewGuid(), Role.Admin);
    private static readonly Leader Other = new(Guid.NewGuid(), 7);
    private static readonly Guid Self = Spec<User, UserCommand, UserEvent>.Id;

    [Fact]
    public void A_role_changes_and_every_node_learns_it()
    {
        var spec = Registered().When(new ChangeRole(Role.Hovedbruker, Chief));
        spec.Then(new UserRoleChanged(Role.Hovedbruker));
        Noticed(spec);
        Assert.Equal(Role.Hovedbruker, spec.State.Role);
        spec.When(new ChangeRole(Role.Hovedbruker, Chief)).ThenNothing();
    }

    [Theory]
    [InlineData(Role.Bruker, Role.Hovedbruker, "role_above_own")]
    [InlineData(Role.Elev, Role.Elev, "role_above_own")]
    [InlineData(Role.Hovedbruker, Role.Admin, "role_not_allowed")]
    [InlineData(Role.Admin, Role.Admin, "role_not_allowed")]
    public void Nobody_gives_a_role_above_the_own_one(Role by, Role wanted, string code)
    {
        var spec = Registered().When(new ChangeRole(wanted, new(Guid.NewGuid(), by)));
        Assert.Equal(code, spec.Refusal?.Code);
        Assert.Equal(Role.Bruker, spec.State.Role);
    }

    [Fact]
    public void Nobody_takes_a_role_above_the_own_one()
    {
        var chief = Registered(Role.Hovedbruker);
        chief.When(new ChangeRole(Role.Elev, new(Guid.NewGuid(), Role.Bruker))).ThenRefused("role_above_own");
        chief.When(new SetActive(false, new(Guid.NewGuid(), Role.Bruker))).ThenRefused("role_above_own");
        chief.When(new EraseUser(new(Guid.NewGuid(), Role.Bruker))).ThenRefused("role_above_own");
        chief.When(new ChangeRole(Role.Elev, Chief) { Remaining = Other }).Then(new UserRoleChanged(Role.Elev));
    }

    [Fact]
    public void Nobody_does_it_to_oneself()
    {
        var me = new Actor(Self, Role.Hovedbruker);
        var spec = Registered(Role.Hovedbruker);
        spec.When(new ChangeRole(Role.Elev, me)).ThenRefused("own_role");
        spec.When(new SetActive(false, me)).ThenRefused("own_status");
        spec.When(new EraseUser(me)).ThenRefused("own_account");
    }

    [Fact]
    public void An_ADMIN_of_the_platform_stays_one()
    {
        var spec = Some.User().Given(Some.RegisterUser() with { Role = Role.Admin, CompanyId = null });
        spec.When(new ChangeRole(Role.Bruker, Admin)).ThenRefused("role_not_allowed", "/role");
        spec.When(new SetActive(false, Admin)).ThenRefused("last_leader");
        spec.When(new SetActive(false, Admin) { Remaining = Other }).Then(new UserStatusChanged(false));
    }

    [Fact]
    public void The_last_leader_stays_one()
    {
        var spec = Registered(Role.Hovedbruker);
        spec.When(new ChangeRole(Role.Bruker, Chief)).ThenRefused("last_leader");
        spec.When(new SetActive(false, Chief)).ThenRefused("last_leader");
        spec.When(new EraseUser(Chief)).ThenRefused("last_leader");
        spec.When(new ChangeRole(Role.Hovedbruker, Chief)).ThenNothing();
        spec.When(new SetActive(true, Chief)).ThenNothing();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_leader_who_goes_rests_on_the_one_who_stays(int way)
    {
        UserCommand[] ways = [
            new ChangeRole(Role.Bruker, Chief) { Remaining = Other }, new SetActive(false, Chief) { Remaining = Other },
            new EraseUser(Chief) { Remaining = Other }];
        var spec = Registered(Role.Hovedbruker).When(ways[way]);
        var rest = Assert.Single(Assert.IsType<Decision<UserEvent>.Accepted>(spec.Decision).Related);
        Assert.Equal(("users", Other.UserId, 7), (rest.StreamType, rest.StreamId, rest.Version));
        Assert.Empty(rest.Events);
    }

    [Fact]
    public void Whoever_is_no_leader_or_no_longer_one_goes_without_another()
    {
        Assert.Empty(Assert.IsType<Decision<UserEvent>.Accepted>(Registered().When(new SetActive(false, Chief)).Decision).Related);
        var spec = Registered(Role.Hovedbruker).Given(new SetActive(false, Chief) { Remaining = Other });
        spec.When(new ChangeRole(Role.Elev, Chief)).Then(new UserRoleChanged(Role.Elev));
    }

    [Fact]
    public void Who_was_deactivated_has_no_session_of_before_when_active_again()
    {
        var spec = Registered().Given(new SetActive(false, Chief));
        Assert.Equal(2, spec.State.SessionsFrom);
        Assert.Equal(2, spec.Given(new SetActive(true, Chief)).State.SessionsFrom);
    }

    [Fact]
    public void A_deactivated_user_can_be_activated_and_nothing_else_with_credentials()
    {
        var spec = Registered().When(new SetActive(false, Chief));
        spec.Then(new UserStatusChanged(false));
        Noticed(spec);
        Assert.False(spec.State.IsActive);
        spec.When(new SetActive(false, Chief)).ThenNothing();
        spec.When(new RequestPasswordReset()).ThenRefused("user_inactive");
        spec.When(new ChangePassword([1])).ThenRefused("user_inactive");
        spec.When(new SetActive(true, Chief)).Then(new UserStatusChanged(true));
        Assert.True(spec.State.IsActive);
    }

    [Fact]
    public void Erasing_gives_up_the_address_the_secrets_and_every_personal_value()
    {
        var spec = Registered()
            .Given(new UpdateProfile("Ola", "Hansen", "22334455", Some.Address()), new RequestEmailChange("ny@example.no"))
            .When(new EraseUser(Chief));
        spec.Then(new UserErased());
        Noticed(spec);
        var accepted = Assert.IsType<Decision<UserEvent>.Accepted>(spec.Decision);
        Assert.Equal(new UniqueValue("email", "ola.nordmann@example.no", Self), Assert.Single(accepted.Released));
        Assert.Equal(["password", "second-factor", "recovery-codes", "person-key"], accepted.Secrets.Select(s => s.Kind));
        Assert.All(accepted.Secrets, s => Assert.Null(s.Value));
        var (id, version, created, updated) = (spec.State.Id, spec.State.Version, spec.State.CreatedAt, spec.State.UpdatedAt);
        Assert.Equal(
            new User
            {
                Id = id,
                Version = version,
                CreatedAt = created,
                UpdatedAt = updated,
                CompanyId = Some.CompanyId,
                Role =
                Role.Bruker,
                IsErased = true
            }, spec.State);
        spec.When(new EraseUser(Chief)).ThenNothing();
    }

    [Fact]
    public void Nothing_happens_to_an_erased_user()
    {
        var spec = Registered().Given(new EraseUser(Chief));
        spec.When(new UpdateProfile("A", "B")).ThenRefused("user_erased");
        spec.When(new SetActive(true, Chief)).ThenRefused("user_erased");
        spec.When(new ChangeRole(Role.Elev, Chief)).ThenRefused("user_erased");
        spec.When(new RequestPasswordReset()).ThenRefused("user_erased");
    }

    [Fact]
    public void Who_has_lost_the_device_is_helped_by_somebody_else()
    {
        var spec = Registered().Given(new EnableSecondFactor([1], [2], 1));
        spec.When(new ResetSecondFactor(new(Self, Role.Bruker))).ThenRefused("own_second_factor");
        spec.When(new ResetSecondFactor(new(Guid.NewGuid(), Role.Elev))).ThenRefused("role_above_own");
        spec.When(new ResetSecondFactor(Chief)).Then(new UserSecondFactorDisabled());
        Assert.All(Assert.IsType<Decision<UserEvent>.Accepted>(spec.Decision).Secrets, s => Assert.Null(s.Value));
        spec.When(new ResetSecondFactor(Chief)).ThenNothing();
    }

    [Fact]
    public void A_user_is_logged_out_everywhere_and_every_node_learns_it()
    {
        var spec = Registered().When(new EndSessions(Chief));
        spec.Then(new UserSessionsEnded());
        Assert.Equal(2, spec.State.SessionsFrom);
        Noticed(spec);
        spec.When(new EndSessions(new(Guid.NewGuid(), Role.Elev))).ThenRefused("role_above_own");
    }

    private static void Noticed(Spec<User, UserCommand, UserEvent> spec) =>
        Assert.Equal(
            new UserAccessChanged(Self, spec.State.Version),
            Assert.Single(Assert.IsType<Decision<UserEvent>.Accepted>(spec.Decision).Notices));

    private static Spec<User, UserCommand, UserEvent> Registered(Role role = Role.Bruker) =>
        Some.User().Given(Some.RegisterUser() with { Role = role });
}
