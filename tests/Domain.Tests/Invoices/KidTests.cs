using Tms.Domain.Companies;
using Tms.Domain.Invoices;
using Xunit;

namespace Tms.Domain.Tests.Invoices;

public sealed class KidTests
{
    [Theory]
    [InlineData("12344")]
    [InlineData("2345676")]
    [InlineData("602243")]
    [InlineData("00000123455")]
    [InlineData("10001234565")]
    [InlineData("20260000177")]
    [InlineData("1000421")]
    [InlineData("000017000100424")]
    [InlineData("1234567890123456789012340")]
    public void A_MOD10_KID_is_valid(string kid) => Assert.True(Kid.IsValid(kid, KidMethod.Mod10));

    [Theory]
    [InlineData("12343")]
    [InlineData("2345676")]
    [InlineData("602248")]
    [InlineData("00000123455")]
    [InlineData("10001234566")]
    [InlineData("2026000017-")]
    [InlineData("100042-")]
    [InlineData("1234567890123456789012341")]
    public void A_MOD11_KID_is_valid(string kid) => Assert.True(Kid.IsValid(kid, KidMethod.Mod11));

    [Theory]
    [InlineData("12345")]
    [InlineData("2345674")]
    [InlineData("1")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("12345678901234567890123456")]
    [InlineData("12 34A")]
    [InlineData("1234-")]
    [InlineData("١٢٣٤٤")]
    public void Anything_else_is_no_KID(string? kid)
    {
        Assert.False(Kid.IsValid(kid, KidMethod.Mod10));
        Assert.False(Kid.IsValid(kid, KidMethod.Mod11));
    }

    [Theory]
    [InlineData(17L, 10042, "000017000100424")]
    [InlineData(null, 1, "000000000000018")]
    public void A_KID_is_customer_invoice_and_control_digit(long? customer, long invoice, string kid) =>
        Assert.Equal(kid, Kid.Of(customer, invoice, KidMethod.Mod10));

    [Fact]
    public void Numbers_too_long_for_their_place_give_their_last_digits()
    {
        Assert.StartsWith("234567" + "00010042", Kid.Of(1_234_567, 10042, KidMethod.Mod10), StringComparison.Ordinal);
        Assert.StartsWith("000017" + "00000007", Kid.Of(17, 100_000_007, KidMethod.Mod10), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(KidMethod.Mod10, null)]
    [InlineData(KidMethod.Mod10, 17L)]
    [InlineData(KidMethod.Mod11, null)]
    [InlineData(KidMethod.Mod11, 17L)]
    [InlineData(KidMethod.Mod11, 123_456L)]
    [InlineData(KidMethod.Mod11, 999_999L)]
    public void Every_invoice_has_a_KID_of_15_digits_of_its_own(KidMethod method, long? customer)
    {
        var seen = new HashSet<string>();
        for (var number = 1; number <= 20_000; number++)
        {
            var kid = Kid.Of(customer, number, method);
            Assert.True(kid.Length == Kid.Length && kid.All(char.IsAsciiDigit) && Kid.IsValid(kid, method) && seen.Add(kid), kid);
        }
    }

    [Fact]
    public void A_number_without_MOD11_digit_raises_the_first_digit()
    {
        var raised = Enumerable.Range(1, 100).Select(n => Kid.Of(17, n, KidMethod.Mod11)).Where(k => k[0] == '1').ToArray();
        Assert.NotEmpty(raised);
        Assert.All(raised, kid => Assert.True(Kid.IsValid("0" + kid[1..^1] + "-", KidMethod.Mod11)));
    }
}
