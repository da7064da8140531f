using Tms.Domain.Shared;
using Xunit;

namespace Tms.Domain.Tests.Shared;

public sealed class IdentifierTests
{
    [Theory]
    [InlineData("987654325")]
    [InlineData("974760673")]
    [InlineData("810034882")]
    [InlineData("910000039")]
    [InlineData("910000020")]
    public void An_organisation_number_passes_MOD11(string number) => Assert.True(OrganisationNumber.IsValid(number));

    [Theory]
    [InlineData("123456785")]
    [InlineData("300000010")]
    [InlineData("000000000")]
    [InlineData("974760674")]
    [InlineData("12345678")]
    [InlineData("1234567855")]
    [InlineData("31000006-")]
    [InlineData("974 760 673")]
    [InlineData("")]
    [InlineData(null)]
    public void Anything_else_is_no_organisation_number(string? number) => Assert.False(OrganisationNumber.IsValid(number));

    [Fact]
    public void A_number_whose_digit_would_be_10_is_never_issued()
    {
        for (var digit = 0; digit < 10; digit++)
        {
            Assert.False(OrganisationNumber.IsValid($"91000008{digit}"));
            Assert.False(BankAccount.IsValid($"9710555000{digit}"));
        }
    }

    [Theory]
    [InlineData("86011117947")]
    [InlineData("12345678903")]
    [InlineData("15031122330")]
    [InlineData("15030000002")]
    public void A_bank_account_passes_MOD11(string account) => Assert.True(BankAccount.IsValid(account));

    [Theory]
    [InlineData("86011117949")]
    [InlineData("8601111794")]
    [InlineData("12345678912")]
    [InlineData("8601.11.17947")]
    [InlineData("00000000000")]
    [InlineData("00001234560")]
    [InlineData(null)]
    public void Anything_else_is_no_bank_account(string? account) => Assert.False(BankAccount.IsValid(account));

    [Theory]
    [InlineData("a@b.no")]
    [InlineData("ola.nordmann+tms@post.example.no")]
    [InlineData("o'brien@example.com")]
    [InlineData("x@xn--blbr-roah.no")]
    public void An_email_address_has_a_local_part_and_a_domain(string email) => Assert.True(Email.IsValid(email));

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("a")]
    [InlineData("a@b")]
    [InlineData("@b.no")]
    [InlineData("a@@b.no")]
    [InlineData("a@b..no")]
    [InlineData("a@.no")]
    [InlineData("a@b.no.")]
    [InlineData(".a@b.no")]
    [InlineData("a b@c.no")]
    [InlineData("a@b.no\n")]
    [InlineData("a@b\u0000.no")]
    [InlineData("а@b.no")]
    [InlineData("ｏｌａ@b.no")]
    [InlineData("a@-b.no")]
    [InlineData("Ola <a@b.no>")]
    public void Anything_else_is_no_email_address(string? email) => Assert.False(Email.IsValid(email));

    [Fact]
    public void An_email_address_is_at_most_254_characters_and_64_before_the_at()
    {
        var domain = string.Concat(Enumerable.Repeat("abcdefg.", 23)) + "no";
        Assert.True(Email.IsValid(new string('a', 64) + "@" + domain));
        Assert.False(Email.IsValid(new string('a', 65) + "@" + domain));
        Assert.False(Email.IsValid(new string('a', 64) + "@abc." + domain));
    }

    [Theory]
    [InlineData("  Ola@Example.NO ", "ola@example.no")]
    [InlineData("ola@example.no", "ola@example.no")]
    [InlineData("ÅSE@EXAMPLE.no", "åse@example.no")]
    public void Spellings_of_one_address_become_one(string text, string normal)
    {
        Assert.Equal(normal, Email.Normalise(text));
        Assert.Equal(normal, Email.Normalise(normal));
    }

    [Theory]
    [InlineData("NO", true)]
    [InlineData("SE", true)]
    [InlineData("SJ", true)]
    [InlineData("no", false)]
    [InlineData("XX", false)]
    [InlineData("1A", false)]
    [InlineData("NOR", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_country_is_two_capital_letters_of_ISO_3166(string? code, bool valid) => Assert.Equal(valid, Countries.IsValid(code));

    [Theory]
    [InlineData("Æ ø å – 你好 🚚\r\n\t", true)]
    [InlineData("\u0000", false)]
    [InlineData("\u0007", false)]
    [InlineData("\uFFFF", false)]
    public void Text_is_what_documents_can_show(string text, bool holds) => Assert.Equal(holds, Printable.Holds(text));

    [Theory]
    [InlineData("Å", true)]
    [InlineData("\u200b7\u200b", true)]
    [InlineData("🚚", true)]
    [InlineData("\u200b", false)]
    [InlineData(" \u00ad\u2060\ufeff\u202e", false)]
    [InlineData("\u3164\u115f\u1160\uffa0\u2800", false)]
    [InlineData("\u0301\ufe0f", false)]
    [InlineData("", false)]
    public void Text_says_something_if_something_of_it_can_be_seen(string text, bool says) => Assert.Equal(says, Printable.Says(text));

    [Theory]
    [InlineData("Fjord\u202ETransport")]
    [InlineData("\u2066Fjord\u2069")]
    [InlineData("Fjord\u200FAS")]
    public void A_name_does_not_turn_the_direction_of_writing(string name)
    {
        Assert.False(Printable.Holds(name, multiLine: false));
        Assert.True(Printable.Holds(name));
    }

    [Fact]
    public void A_line_has_no_breaks_and_tabs()
    {
        Assert.True(Printable.Holds("a\tb\r\nc"));
        foreach (var text in (string[])["a\tb", "a\nb", "a\rb"]) Assert.False(Printable.Holds(text, multiLine: false));
    }

    // Attributes are stored as UTF-8, which has no halves of pairs.
    [Fact]
    public void Half_a_surrogate_pair_is_no_text()
    {
        Assert.False(Printable.Holds("a" + (char)0xD83D));
        Assert.False(Printable.Holds((char)0xDE9A + "a"));
        Assert.False(Printable.Holds(new string([(char)0xDE9A, (char)0xD83D])));
    }
}
