using Tms.Domain.Keys;
using Tms.Domain.Tests.Shared;
using Xunit;

namespace Tms.Domain.Tests.Keys;

public sealed class KeyTests
{
    [Fact]
    public void A_key_is_withdrawn_once_whoever_asks_again()
    {
        var spec = new Spec<KeyState, KeyCommand, KeyEvent>(KeyDecider.Instance);
        spec.When(new WithdrawKey("a")).Then(new SigningKeyWithdrawn("a"));
        Assert.True(spec.State.IsWithdrawn);
        spec.When(new WithdrawKey("a")).ThenNothing();
    }
}
