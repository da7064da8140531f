using Tms.Domain.Invitations;
using Tms.Domain.Shared;
using Tms.Domain.Tests.Shared;
using Tms.Domain.Users;
using Xunit;

namespace Tms.Domain.Tests.Invitations;

public sealed class InvitationTests
{
    private static readonly Actor Chief = new(Some.UserId, Role.Hovedbruker);
    private static readonly InviteUser Invite = new(Some.CompanyId, "Ola.Nordmann@Example.no", Role.Bruker, Chief);
    private static readonly AcceptInvitation Accept = new(Some.CompanyId, Some.Person(), Some.PasswordHash) { Inviter = new(Chief, 4) };

    [Fact]
    public void An_invitation_holds_seven_days() =>
        Fresh().When(Invite)
            .Then(new UserInvited(Some.CompanyId, "ola.nordmann@example.no", Role.Bruker, Some.UserId, Some.Now.AddDays(7)));

    [Fact]
    public void Whoever_joins_gets_the_invited_role_and_the_invitations_id()
    {
        var spec = Fresh().Given(Invite).When(Accept);
        spec.Then(new InvitationAccepted());
        var accepted = Assert.IsType<Decision<InvitationEvent>.Accepted>(spec.Decision);
        var (related, inviter) = (accepted.Related[0], accepted.Related[1]);
        Assert.Equal(("users", Some.UserId, 4, 0), (inviter.StreamType, inviter.StreamId, inviter.Version, inviter.Events.Count));
        Assert.Equal(("users", spec.State.Id), (related.StreamType, related.StreamId));
        Assert.Equal(
            new UserRegistered(Some.CompanyId, Role.Bruker, "ola.nordmann@example.no", "Ola", "Nordmann") { IsEmailShown = true },
            Assert.Single(related.Events));
        Assert.Equal(new UniqueValue("email", "ola.nordmann@example.no", spec.State.Id), Assert.Single(accepted.Unique));
        Assert.Equal(new SecretValue(spec.State.Id, "password", Some.PasswordHash), Assert.Single(accepted.Secrets));
        spec.When(Accept).ThenRefused("invalid_invitation", "/invitationToken");
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Role.Bruker)]
    public void It_ends_with_the_right_that_made_it(Role? inviter) => Fresh().Given(Invite)
        .When(Accept with { Inviter = inviter is { } role ? new(new(Some.UserId, role), 4) : null })
        .ThenRefused("invalid_invitation", "/invitationToken");

    [Fact]
    public void One_of_the_platform_invites_without_being_rested_on()
    {
        var spec = Fresh().Given(Invite).When(Accept with { Inviter = new(new(Some.UserId, Role.Admin), 0) });
        Assert.Single(Assert.IsType<Decision<InvitationEvent>.Accepted>(spec.Decision).Related);
    }

    [Fact]
    public void A_company_has_a_number_of_open_invitations() =>
        Fresh().When(Invite with { IsFull = true }).ThenRefused("too_many_invitations");

    [Fact]
    public void Nobody_invites_a_user_of_the_company() => Fresh().When(Invite with { IsMember = true }).ThenRefused("already_member");

    [Fact]
    public void Whoever_was_mailed_lately_is_told_when_the_next_may_go()
    {
        var spec = Fresh().When(Invite with { NotYet = Refusal.TooSoon("mailed_lately", "Wait.", 42) });
        spec.ThenRefused("mailed_lately");
        Assert.Equal(42, spec.Refusal!.RetryAfter);
    }

    [Fact]
    public void It_holds_for_the_invited_address_only() =>
        Fresh().Given(Invite).When(Accept with { Person = Some.Person() with { Email = "kari@example.no" } })
            .ThenRefused("email_not_invited", "/email");

    [Fact]
    public void It_ends_after_seven_days_or_when_it_is_taken_back()
    {
        Fresh().Given(Invite).At(Some.Now.AddDays(7)).When(Accept).ThenRefused("invalid_invitation", "/invitationToken");
        var spec = Fresh().Given(Invite, new WithdrawInvitation());
        spec.When(Accept).ThenRefused("invalid_invitation", "/invitationToken");
        spec.When(new WithdrawInvitation()).ThenNothing();
        Assert.Equal("", spec.State.Email);
    }

    [Fact]
    public void Nobody_can_read_any_more_whom_an_invitation_was_for_that_was_taken_back()
    {
        var spec = Fresh().Given(Invite).When(new WithdrawInvitation());
        Assert.Equal(
            new SecretValue(spec.State.Id, "person-key", null),
            Assert.Single(Assert.IsType<Decision<InvitationEvent>.Accepted>(spec.Decision).Secrets));
    }

    [Fact]
    public void Once_somebody_has_joined_the_invitation_holds_no_address_any_more() =>
        Assert.Equal(
            (InvitationStatus.Accepted, ""), Fresh().Given(Invite, Accept).State is var state ? (state.Status, state.Email) : default);

    [Fact]
    public void Once_somebody_has_joined_it_cannot_be_taken_back() =>
        Fresh().Given(Invite, Accept).When(new WithdrawInvitation()).ThenRefused("invitation_accepted");

    [Theory]
    [InlineData(Role.Bruker, Role.Hovedbruker, "role_above_own")]
    [InlineData(Role.Admin, Role.Admin, "role_not_allowed")]
    public void Nobody_invites_to_a_role_above_the_own_one(Role by, Role role, string code) =>
        Assert.Equal(code, Fresh().When(Invite with { Role = role, By = new(Some.UserId, by) }).Refusal?.Code);

    [Fact]
    public void A_wrong_address_is_refused()
    {
        Fresh().When(Invite with { Email = "ola" }).ThenRefused("invalid_email", "/email");
        Fresh().When(new WithdrawInvitation()).ThenRefused("not_found");
        Fresh().Given(Invite).When(Accept with { Person = Some.Person() with { FirstName = "" } }).ThenRefused("required", "/firstName");
        Fresh().Given(Invite).When(Invite).ThenRefused("already_exists");
    }

    private static Spec<Invitation, InvitationCommand, InvitationEvent> Fresh() => new(InvitationDecider.Instance);
}
