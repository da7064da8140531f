using System.Text;
using Microsoft.Extensions.Time.Testing;
using Tms.Api.Auth;
using Tms.Api.Tests.Hosting;
using Tms.EventStore.Keys;

namespace Tms.Api.Tests.Auth;

public sealed class SecondFactorTests
{
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddDays(1));
    private readonly MasterKey _master = MasterKey.Load(Convert.ToBase64String(new byte[32]), "");

    // RFC 6238, appendix B, the last six of its eight digits.
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    public void Codes_are_those_of_the_standard_and_hold_one_step_early_and_late(long seconds, string code)
    {
        foreach (var (shift, holds) in new[] { (-60, false), (-30, true), (0, true), (30, true), (60, false) })
        {
            var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(Math.Max(0, seconds + shift)));
            var step = new SecondFactors(null!, null!, _master, time).Step(Secret, code);
            if (seconds + shift >= 0) Assert.Equal(holds ? seconds / 30 : null, step);
        }
    }

    [Theory]
    [InlineData("081 804")]
    [InlineData("081-804 ")]
    [InlineData(" 081\u202f804")]
    [InlineData("081\u00a0804\u2011")]
    [InlineData("\uff10\uff18\uff11\uff18\uff10\uff14")]
    public void A_code_is_read_as_apps_show_it(string code) =>
        Assert.Equal(
            1111111109 / 30,
            new SecondFactors(null!, null!, _master, new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1111111109))).Step(
                Secret, code));

    [Fact]
    public void A_blank_code_is_none() =>
        Assert.All((string?[])[null, "", "  ", "\u202f-\u00a0"], blank => Assert.Null(CodeText.Read(blank)));

    [Fact]
    public async Task A_ticket_opens_for_its_user_for_ten_minutes_on_every_node_and_not_when_altered()
    {
        var (store, user) = (new MemoryKeys(), Guid.NewGuid());
        var (one, two) = (new SecondFactorTickets(store, _master, _time), new SecondFactorTickets(store, _master, _time));
        var ticket = await one.Seal(user, Secret, TestContext.Current.CancellationToken);
        Assert.Equal(Secret, await Open(two, user, ticket));
        Assert.Null(await Open(two, Guid.NewGuid(), ticket));
        foreach (var other in (string[])["", "x", ticket[..^1], (ticket[0] == 'A' ? 'B' : 'A') + ticket[1..], ticket + "A"])
            Assert.Null(await Open(two, user, other));
        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.Null(await Open(two, user, ticket));
    }

    [Fact]
    public void A_recovery_code_is_found_however_it_is_written_and_is_gone_afterwards()
    {
        var codes = RecoveryCodes.Make();
        var hashes = RecoveryCodes.Hashes(codes);
        var left = RecoveryCodes.Without(hashes, codes[4].ToLowerInvariant().Replace('-', ' '))!;
        Assert.Equal(hashes.Length - 32, left.Length);
        Assert.Null(RecoveryCodes.Without(left, codes[4]));
        Assert.NotNull(RecoveryCodes.Without(left, codes[9]));
        Assert.Null(RecoveryCodes.Without([], codes[0]));
    }

    private static Task<byte[]?> Open(SecondFactorTickets tickets, Guid user, string text) =>
        tickets.Open(user, text, TestContext.Current.CancellationToken);
}
