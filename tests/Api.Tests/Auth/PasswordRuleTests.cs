using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Tms.Api.Auth;

namespace Tms.Api.Tests.Auth;

/// <summary>Which passwords are taken.</summary>
public sealed class PasswordRuleTests : IDisposable
{
    private readonly Passwords _passwords = new();

    public void Dispose() => _passwords.Dispose();

    [Theory]
    [InlineData("password123")]
    [InlineData("PASSWORD123")]
    [InlineData("qwertyuiop")]
    [InlineData("1q2w3e4r5t")]
    [InlineData("sommer2026")]
    [InlineData("aaaaaaaaaaaa")]
    [InlineData("abababababab")]
    [InlineData("\uff50\uff41\uff53\uff53\uff57\uff4f\uff52\uff44\uff11\uff12\uff13")]
    [InlineData("e\u0301a\u0300o\u0308u\u0308i\u0302")]
    public void Common_ones_are_refused_in_any_case(string password) => Assert.NotNull(_passwords.Fault(password));

    [Theory]
    [InlineData("Nordtransport-2026", "Nordtransport AS")]
    [InlineData("nord transport 12!", "Nord Transport AS")]
    [InlineData("NordTransportAS1!", "Nord Transport AS")]
    [InlineData("Transport-2026!", null)]
    [InlineData("tms-tms-2026", null)]
    public void Names_with_digits_and_signs_are_refused(string password, string? company) =>
        Assert.NotNull(_passwords.Fault(password, company));

    [Theory]
    [InlineData("Nordtransport kjoerer sent", "Nordtransport AS")]
    [InlineData("9375 1048 6620", "9375 AS")]
    [InlineData("bl\u00e5b\u00e6r og fl\u00f8te", null)]
    [InlineData("\u706b\u8eca\u706b\u8eca\u98db\u6a5f\u98db\u6a5f\u8239\u8eca", null)]
    [InlineData("     to    spaces     ", null)]
    public void Any_characters_may_make_a_long_one(string password, string? company) => Assert.Null(_passwords.Fault(password, company));

    [Fact]
    public void Length_is_all_that_is_asked_of_its_form()
    {
        Assert.NotNull(_passwords.Fault("kjap-raev"));
        Assert.Null(_passwords.Fault(string.Concat(Enumerable.Range(0, 32).Select(n => $"{n:x8}"))));
        Assert.NotNull(_passwords.Fault(string.Concat(Enumerable.Range(0, 33).Select(n => $"{n:x8}"))));
    }

    [Fact]
    public async Task A_keyboard_that_writes_a_letter_in_another_way_writes_the_same_password()
    {
        var cancel = TestContext.Current.CancellationToken;
        var (composed, decomposed) = ("bl\u00e5b\u00e6r og \u00e9n fl\u00f8te 7", "bla\u030ab\u00e6r og e\u0301n fl\u00f8te \uff17");
        Assert.True(await _passwords.Check(await _passwords.Hash(decomposed, cancel), composed, cancel));
        Assert.True(await _passwords.Check(await _passwords.Hash(composed, cancel), decomposed, cancel));
        Assert.True(Passwords.AreSame(composed, decomposed));

        var typed = Encoding.ASCII.GetBytes(
            new PasswordHasher<object>(Options.Create(new PasswordHasherOptions { IterationCount = 1000 })).HashPassword(this, decomposed));
        Assert.True(await _passwords.Check(typed, decomposed, cancel));
        Assert.False(await _passwords.Check(typed, composed, cancel));
        Assert.False(await _passwords.Check(typed, "\ud800" + composed, cancel));
    }

    [Fact]
    public async Task It_is_checked_as_it_was_received()
    {
        var cancel = TestContext.Current.CancellationToken;
        var hash = await _passwords.Hash(" Vinterdekk paa 1 nov ", cancel);
        Assert.True(await _passwords.Check(hash, " Vinterdekk paa 1 nov ", cancel));
        Assert.False(await _passwords.Check(hash, "Vinterdekk paa 1 nov", cancel));
        Assert.False(await _passwords.Check(hash, " vinterdekk paa 1 nov ", cancel));
    }
}
