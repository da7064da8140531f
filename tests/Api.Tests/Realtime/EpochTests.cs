using System.Collections.Frozen;
using Tms.Api.Realtime;
using Tms.Domain.Users;
using Tms.EventStore;

namespace Tms.Api.Tests.Realtime;

/// <summary>The text that goes with a position.</summary>
public sealed class EpochTests
{
    [Fact]
    public void An_epoch_is_read_as_it_was_written()
    {
        var epoch = new LiveEpoch(Guid.NewGuid(), new(ulong.MaxValue, [1, 2, 65_535]), new LogPoint(new(long.MaxValue), 7));
        var read = LiveEpoch.Parse(epoch.ToString())!;
        Assert.Equal((epoch.History, epoch.Place, epoch.Rights.Scope), (read.History, read.Place, read.Rights.Scope));
        Assert.Equal(epoch.Rights.Codes, read.Rights.Codes);
    }

    [Fact]
    public void An_epoch_of_every_permission_is_taken_by_nodes_that_take_100_characters() =>
        Assert.InRange(
            new LiveEpoch(
                Guid.NewGuid(), new(1, [LiveRights.Kinds, .. Enum.GetValues<Permission>().Select(p => (ushort)p)]),
                new LogPoint(new(1), 1)).ToString().Length, 1, 100);

    [Fact]
    public void What_a_release_that_knows_other_kinds_of_aggregates_served_is_served_anew()
    {
        var company = Guid.NewGuid();
        var now = LiveRights.Of(new(Guid.NewGuid(), Role.Hovedbruker, company, default, default, null), company);
        var other = now with { Codes = [.. now.Codes.Select(c => c == LiveRights.Kinds ? LiveRights.KindsOf(["boats"]) : c)] };
        Assert.True(now.Cover(now));
        Assert.False(other.Cover(now));
        Assert.False(now.Cover(other));
    }

    [Fact]
    public void What_a_key_was_served_is_served_anew_to_one_that_may_more()
    {
        var company = Guid.NewGuid();
        LiveRights Rights(params Permission[] scopes) =>
            LiveRights.Of(new(Guid.NewGuid(), Role.Bruker, company, default, default, null) { Scopes = scopes.ToFrozenSet() }, company);
        var (narrow, wide) = (Rights(Permission.CompanyRead), Rights(Permission.CompanyRead, Permission.EconomyRead));
        Assert.True(wide.Cover(narrow));
        Assert.False(narrow.Cover(wide));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0b7b3c5e-7f43-4f6a-9a39-1f1b3c3c0bb0.HOVEDBRUKER")]
    [InlineData("0b7b3c5e7f434f6a9a391f1b3c3c0bb0.")]
    [InlineData("0b7b3c5e7f434f6a9a391f1b3c3c0bb0.AAAA")]
    [InlineData("0b7b3c5e7f434f6a9a391f1b3c3c0bb0.!")]
    public void What_is_no_epoch_is_none(string? text) => Assert.Null(LiveEpoch.Parse(text));
}
