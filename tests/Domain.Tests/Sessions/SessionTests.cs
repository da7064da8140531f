using Tms.Domain.Sessions;
using Tms.Domain.Tests.Shared;
using Xunit;

namespace Tms.Domain.Tests.Sessions;

public sealed class SessionTests
{
    private static readonly Guid User = Guid.CreateVersion7();

    [Fact]
    public void A_session_ends_once_whoever_asks_again()
    {
        var spec = new Spec<Session, SessionCommand, SessionEvent>(SessionDecider.Instance);
        spec.When(new EndSession(User, SessionEnd.TokenReused)).Then(new SessionEnded(User, SessionEnd.TokenReused));
        Assert.Equal((true, User, SessionEnd.TokenReused), (spec.State.HasEnded, spec.State.UserId, spec.State.Reason));
        spec.When(new EndSession(User, SessionEnd.Logout)).ThenNothing();
    }
}
