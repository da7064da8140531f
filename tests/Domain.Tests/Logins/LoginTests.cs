using Tms.Domain.Logins;
using Tms.Domain.Tests.Shared;
using Xunit;

namespace Tms.Domain.Tests.Logins;

public sealed class LoginTests
{
    private static readonly Guid Session = Guid.NewGuid();

    [Fact]
    public void A_login_is_noted()
    {
        var spec = Fresh().When(new Succeed(Session));
        spec.Then(new UserLoggedIn(Session, null));
        Assert.Equal(Some.Now, spec.State.LastLoginAt);
    }

    [Fact]
    public void Failures_lock_for_a_quarter_of_an_hour_with_one_event()
    {
        var spec = Fresh().When(new LockOut(5));
        spec.Then(new UserLoginFailed(5, Some.Now.AddMinutes(15)));
        spec.When(new LockOut(6)).ThenNothing();
        spec.At(Some.Now.AddMinutes(14)).When(new Succeed(Session)).ThenRefused("login_locked");
        spec.At(Some.Now.AddMinutes(15)).When(new Succeed(Session)).Then<UserLoggedIn>();
        Assert.Null(spec.State.LockedUntil);
        spec.When(new LockOut(5)).Then<UserLoginFailed>();
    }

    [Fact]
    public void A_code_of_the_second_factor_holds_once()
    {
        var spec = Fresh().Given(new Succeed(Session, 100));
        spec.When(new Succeed(Session, 100)).ThenRefused("code_used");
        spec.When(new Succeed(Session, 99)).ThenRefused("code_used");
        spec.When(new Succeed(Session)).Then<UserLoggedIn>();
        spec.When(new Succeed(Session, 100)).ThenRefused("code_used");
        spec.When(new Succeed(Session, 101)).Then<UserLoggedIn>();
    }

    private static Spec<Login, LoginCommand, LoginEvent> Fresh() => new(LoginDecider.Instance);
}
