using Tms.Domain.Access;
using Tms.Domain.Shared;
using Tms.Domain.Tests.Shared;
using Tms.Domain.Users;
using Xunit;

namespace Tms.Domain.Tests.Users;

/// <summary>What a user logs in with.</summary>
public sealed class UserCredentialTests
{
    private static readonly byte[] Hash = [9, 9];
    private static readonly Actor Chief = new(Guid.NewGuid(), Role.Hovedbruker);
    private static readonly Guid Self = Spec<User, UserCommand, UserEvent>.Id;

    [Fact]
    public void A_change_of_password_asked_for_by_an_earlier_release_stores_the_secret_and_ends_no_token()
    {
        var spec = Registered().When(new ChangePassword(Hash));
        spec.Then(new UserPasswordChanged(ByToken: false));
        var accepted = Accepted(spec);
        Assert.Equal(new SecretValue(Self, "password", Hash), Assert.Single(accepted.Secrets));
        Assert.Empty(accepted.Notices);
        Assert.Equal(0, spec.State.SessionsFrom);
    }

    [Fact]
    public void Whoever_changes_the_own_password_keeps_the_session_in_use_and_ends_all_others_in_the_same_unit()
    {
        var (session, other) = (Guid.NewGuid(), Guid.NewGuid());
        var spec = Registered().When(new ChangePassword(Hash, session));
        spec.Then(new UserPasswordChanged(ByToken: false, session));
        Assert.Equal(new UserAccessChanged(Self, 2, session), Assert.Single(Accepted(spec).Notices));
        Assert.Equal((2, session), (spec.State.SessionsFrom, spec.State.SessionKept));
        Assert.Equal((3, other), (spec.When(new ChangePassword(Hash, other)).State.SessionsFrom, spec.State.SessionKept));
        Assert.Equal(
            (4, null), (spec.When(new EndSessions(new Actor(Guid.NewGuid(), Role.Admin))).State.SessionsFrom, spec.State.SessionKept));
    }

    [Fact]
    public void A_mailed_token_resets_the_password_once_and_ends_every_token()
    {
        var spec = Registered().When(new RequestPasswordReset());
        spec.Then(new UserPasswordResetRequested(Some.Now.AddHours(1)));
        spec.When(new ResetPassword(1, Hash)).ThenRefused("invalid_token", "/token");
        spec.When(new ResetPassword(2, Hash)).Then(new UserPasswordChanged(ByToken: true));
        Assert.Equal(3, spec.State.SessionsFrom);
        Assert.Equal(new UserAccessChanged(Self, spec.State.Version), Assert.Single(Accepted(spec).Notices));
        spec.When(new ResetPassword(2, Hash)).ThenRefused("invalid_token", "/token");
    }

    [Fact]
    public void A_token_ends_after_an_hour()
    {
        var spec = Registered().Given(new RequestPasswordReset());
        spec.At(Some.Now.AddHours(1)).When(new ResetPassword(2, Hash)).ThenRefused("invalid_token", "/token");
    }

    [Fact]
    public void A_token_that_holds_is_mailed_again_and_holds_to_its_end()
    {
        var spec = Registered().Given(new RequestPasswordReset());
        spec.At(Some.Now.AddMinutes(3)).When(new RequestPasswordReset())
            .Then(new UserPasswordResetRequested(Some.Now.AddHours(1)) { Again = 2 });
        spec.At(Some.Now.AddMinutes(6)).When(new RequestPasswordReset())
            .Then(new UserPasswordResetRequested(Some.Now.AddHours(1)) { Again = 2 });
        spec.When(new ResetPassword(3, Hash)).ThenRefused("invalid_token", "/token");
        spec.At(Some.Now.AddMinutes(59)).When(new ResetPassword(2, Hash)).Then<UserPasswordChanged>();
    }

    [Fact]
    public void A_token_that_ends_soon_makes_room_for_a_new_one()
    {
        var spec = Registered().Given(new RequestPasswordReset());
        spec.At(Some.Now.AddMinutes(51)).When(new RequestPasswordReset()).Then(new UserPasswordResetRequested(Some.Now.AddMinutes(111)));
        spec.When(new ResetPassword(2, Hash)).ThenRefused("invalid_token", "/token");
        spec.When(new ResetPassword(3, Hash)).Then<UserPasswordChanged>();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void What_a_thief_had_mailed_holds_no_more_after_a_recovery(int way)
    {
        UserCommand[][] recoveries =
        [
            [new RequestPasswordReset(), new ResetPassword(3, Hash)], [new ChangePassword(Hash)], [new EndSessions(Chief)],
            [new SetActive(false, Chief), new SetActive(true, Chief)],
        ];
        var spec = Registered().Given(new RequestEmailChange("mallory@example.no"), recoveries[way]);
        spec.When(new ConfirmEmailChange(2)).ThenRefused("invalid_token", "/token");
        Assert.Equal("ola.nordmann@example.no", spec.State.Email);
    }

    [Fact]
    public void Ended_sessions_end_a_mailed_password_token_too()
    {
        Registered().Given(new RequestPasswordReset(), new EndSessions(Chief)).When(new ResetPassword(2, Hash))
            .ThenRefused("invalid_token", "/token");
        Registered().Given(new RequestPasswordReset(), new SetActive(false, Chief), new SetActive(true, Chief))
            .When(new ResetPassword(2, Hash)).ThenRefused("invalid_token", "/token");
    }

    [Fact]
    public void An_address_is_shown_by_a_mailed_token()
    {
        Assert.False(Registered().State.IsEmailShown);
        Assert.False(Registered().Given(new ChangePassword(Hash)).State.IsEmailShown);
        Assert.True(Registered().Given(new RequestPasswordReset(), new ResetPassword(2, Hash)).State.IsEmailShown);
        Assert.True(Registered().Given(new RequestEmailChange("ny@example.no"), new ConfirmEmailChange(2)).State.IsEmailShown);
    }

    [Fact]
    public void The_own_address_can_be_shown_and_then_changes_nothing()
    {
        var spec = Registered().When(new RequestEmailChange("OLA.nordmann@example.no"));
        spec.Then(new UserEmailChangeRequested("ola.nordmann@example.no", Some.Now.AddDays(1)));
        spec.When(new ConfirmEmailChange(2)).Then(new UserEmailChanged("ola.nordmann@example.no"));
        Assert.Empty(Accepted(spec).Released);
        spec.When(new RequestEmailChange("ola.nordmann@example.no")).ThenNothing();
    }

    [Fact]
    public void An_address_that_was_never_shown_can_be_given_up_and_takes_the_login_along()
    {
        var spec = Registered().When(new ReleaseEmail());
        spec.Then(new UserEmailChanged(""), new UserStatusChanged(false));
        Assert.Equal(new UniqueValue("email", "ola.nordmann@example.no", Self), Assert.Single(Accepted(spec).Released));
        Assert.Equal(("", false, 3), (spec.State.Email, spec.State.IsActive, spec.State.SessionsFrom));
        spec.When(new ReleaseEmail()).ThenNothing();
        Registered().Given(new RequestPasswordReset(), new ResetPassword(2, Hash)).When(new ReleaseEmail()).ThenRefused("email_shown");
    }

    [Fact]
    public void Asking_again_at_once_sends_no_second_mail()
    {
        var spec = Registered().Given(new RequestPasswordReset());
        spec.At(Some.Now.AddSeconds(119)).When(new RequestPasswordReset()).ThenNothing();
        spec.At(Some.Now.AddSeconds(120)).When(new RequestPasswordReset()).Then<UserPasswordResetRequested>();
    }

    [Fact]
    public void A_new_address_is_taken_and_the_old_one_given_up_when_the_token_comes_back()
    {
        var spec = Registered().When(new RequestEmailChange(" Ny@Example.no"));
        spec.Then(new UserEmailChangeRequested("ny@example.no", Some.Now.AddDays(1)));
        Assert.Equal("ola.nordmann@example.no", spec.State.Email);
        spec.When(new ConfirmEmailChange(2)).Then(new UserEmailChanged("ny@example.no"));
        Assert.Equal(new UniqueValue("email", "ny@example.no", Self), Assert.Single(Accepted(spec).Unique));
        Assert.Equal(new UniqueValue("email", "ola.nordmann@example.no", Self), Assert.Single(Accepted(spec).Released));
        Assert.Equal("ny@example.no", spec.State.Email);
        spec.When(new ConfirmEmailChange(2)).ThenRefused("invalid_token", "/token");
    }

    [Fact]
    public void A_new_address_ends_what_was_mailed_to_the_old_one()
    {
        var spec = Registered().Given(new RequestPasswordReset(), new RequestEmailChange("ny@example.no"), new ConfirmEmailChange(3));
        spec.When(new ResetPassword(2, Hash)).ThenRefused("invalid_token", "/token");
    }

    [Fact]
    public void An_address_that_is_none_is_refused_and_the_last_one_asked_for_holds()
    {
        Registered().When(new RequestEmailChange("ola")).ThenRefused("invalid_email", "/email");
        var spec = Registered().Given(new RequestEmailChange("ny@example.no"));
        spec.When(new RequestEmailChange("ny@example.no")).ThenNothing();
        spec.When(new RequestEmailChange("nyere@example.no")).Then<UserEmailChangeRequested>();
        spec.At(Some.Now.AddDays(1)).When(new ConfirmEmailChange(3)).ThenRefused("invalid_token", "/token");
    }

    [Fact]
    public void A_second_factor_is_enabled_once_and_disabled_with_its_secrets()
    {
        var spec = Registered().When(new EnableSecondFactor([1], [2, 3], 2));
        spec.Then(new UserSecondFactorEnabled(2));
        Assert.Equal(
            [("second-factor", true), ("recovery-codes", true)], Accepted(spec).Secrets.Select(s => (s.Kind, s.Value is not null)));
        spec.When(new EnableSecondFactor([1], [2, 3], 2)).ThenRefused("second_factor_enabled");
        spec.When(new DisableSecondFactor()).Then(new UserSecondFactorDisabled());
        Assert.Equal(
            [("second-factor", false), ("recovery-codes", false)], Accepted(spec).Secrets.Select(s => (s.Kind, s.Value is not null)));
        spec.When(new DisableSecondFactor()).ThenNothing();
    }

    [Fact]
    public void A_recovery_code_is_used_once_whoever_comes_second()
    {
        var spec = Registered().Given(new EnableSecondFactor([1], [2, 3], 2)).When(new UseRecoveryCode([3], 1));
        spec.Then(new UserRecoveryCodeUsed(1));
        spec.When(new UseRecoveryCode([3], 1)).ThenRefused("recovery_code_used");
        spec.When(new UseRecoveryCode([], 0)).Then(new UserRecoveryCodeUsed(0));
        Registered().When(new UseRecoveryCode([], 0)).ThenRefused("recovery_code_used");
    }

    private static Decision<UserEvent>.Accepted Accepted(Spec<User, UserCommand, UserEvent> spec) =>
        Assert.IsType<Decision<UserEvent>.Accepted>(spec.Decision);

    private static Spec<User, UserCommand, UserEvent> Registered() => Some.User().Given(Some.RegisterUser());
}
