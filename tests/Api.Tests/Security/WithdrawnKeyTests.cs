using Microsoft.Extensions.Time.Testing;
using Tms.Api.Security;
using Tms.Api.Tests.Hosting;
using Tms.EventStore.Keys;

namespace Tms.Api.Tests.Security;

/// <summary>A signing key that leaked is withdrawn: what signs and what holds from then on.</summary>
public sealed class WithdrawnKeyTests
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);
    private readonly MemoryKeys _store = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero));
    private readonly MasterKey _master = MasterKey.Load(Convert.ToBase64String(new byte[32]), "");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Where_it_was_the_only_one_another_is_made_and_signs_at_once()
    {
        using var keys = await Node();
        var leaked = keys.Current.Kid;
        var at = _time.GetUtcNow();
        Assert.Equal(at, await keys.Withdraw(leaked, Cancel));

        Assert.NotEqual(leaked, keys.Current.Kid);
        Assert.Equal([keys.Current.Kid], Kids(keys));
        Assert.True(keys.IsWithdrawn(leaked));
        Assert.Null(await keys.Find(leaked, Cancel));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(at, await keys.Withdraw(leaked, Cancel));
        Assert.Single(Kids(keys));
        Assert.Null(await keys.Withdraw(Guid.CreateVersion7().ToString("N"), Cancel));
    }

    [Fact]
    public async Task The_key_that_waits_for_its_hour_signs_at_once()
    {
        using var keys = await Node();
        var leaked = keys.Current.Kid;
        var (next, _) = await keys.Follow(TimeSpan.Zero, Cancel);
        _time.Advance(TimeSpan.FromMinutes(10));
        await keys.Withdraw(leaked, Cancel);
        Assert.Equal((next.Key.KeyId, 1), (keys.Current.Kid, Kids(keys).Length));
    }

    [Fact]
    public async Task A_key_that_waits_is_withdrawn_and_the_one_that_signs_goes_on_until_its_successor_has_waited()
    {
        using var keys = await Node();
        var signs = keys.Current.Kid;
        var (leaked, _) = await keys.Follow(TimeSpan.Zero, Cancel);
        await keys.Withdraw(leaked.Key.KeyId, Cancel);
        Assert.Equal([signs], Kids(keys));
        _time.Advance(TimeSpan.FromDays(1));
        Assert.NotNull(await keys.Find(signs, Cancel));

        var (next, made) = await keys.Follow(TimeSpan.Zero, Cancel);
        Assert.Equal((true, _time.GetUtcNow() + SigningKeys.Ahead, signs), (made, next.SignsFrom, keys.Current.Kid));
        _time.Advance(SigningKeys.Ahead);
        Assert.Equal(next.Key.KeyId, keys.Current.Kid);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(60)]
    public async Task An_old_key_does_not_come_back_when_its_successor_is_withdrawn(int minutesAfter)
    {
        using var keys = await Node();
        var old = keys.Current.Kid;
        await keys.Follow(TimeSpan.Zero, Cancel);
        _time.Advance(SigningKeys.Ahead + TimeSpan.FromMinutes(minutesAfter));
        var leaked = keys.Current.Kid;
        Assert.NotEqual(old, leaked);
        var published = Kids(keys).Contains(old);

        await keys.Withdraw(leaked, Cancel);

        Assert.DoesNotContain(keys.Current.Kid, (string[])[old, leaked]);
        Assert.Equal(published, Kids(keys).Contains(old));
        Assert.DoesNotContain(leaked, Kids(keys));
        _time.Advance(SigningKeys.Afterwards);
        Assert.Equal([keys.Current.Kid], Kids(keys));
    }

    [Fact]
    public async Task Nodes_that_withdraw_all_keys_at_once_sign_with_the_same_new_one()
    {
        using var one = await Node();
        using var two = await Node();
        var first = one.Current.Kid;
        var (second, _) = await one.Follow(TimeSpan.Zero, Cancel);
        await Task.WhenAll(one.Withdraw(first, Cancel), two.Withdraw(second.Key.KeyId, Cancel));
        foreach (var node in (SigningKeys[])[one, two])
        {
            node.Outdate();
            await node.Refresh(Cancel);
        }

        Assert.Equal(one.Current.Kid, two.Current.Kid);
        Assert.DoesNotContain(one.Current.Kid, (string[])[first, second.Key.KeyId]);
        Assert.Equal(Kids(one), Kids(two));
    }

    [Fact]
    public async Task A_node_that_starts_later_knows_it_and_rotation_goes_on()
    {
        using var keys = await Node();
        var leaked = keys.Current.Kid;
        await keys.Withdraw(leaked, Cancel);
        using var later = await Node();
        Assert.Equal((keys.Current.Kid, true), (later.Current.Kid, later.IsWithdrawn(leaked)));
        var signs = later.Current.Kid;
        _time.Advance(Lifetime - SigningKeys.Ahead);
        var (next, made) = await later.Follow(Lifetime, Cancel);
        Assert.Equal((true, signs, _time.GetUtcNow() + SigningKeys.Ahead), (made, later.Current.Kid, next.SignsFrom));
    }

    private static string[] Kids(SigningKeys keys) => [.. keys.Published.Select(key => key.KeyId)];

    private async Task<SigningKeys> Node()
    {
        var keys = new SigningKeys(_store, _master, _time);
        await keys.Load(Cancel);
        return keys;
    }
}
