using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Tms.Api.Auth;
using Tms.EventStore;

namespace Tms.Api.Tests.Auth;

/// <summary>The keys of an outside authority that changes them, and is away at times.</summary>
public sealed class OutsideKeyTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero));
    private readonly OutsideKeys _keys;
    private string[] _published = ["old"];
    private bool _away;
    private int _asked;

    public OutsideKeyTests() => _keys = new(Fetch, _time);

    [Fact]
    public async Task A_new_key_is_found_with_its_first_token_and_forged_ones_cost_one_look_in_half_a_minute()
    {
        Assert.True(await Knows("old"));
        _published = ["old", "new"];
        Assert.True(await Knows("new"));
        Assert.Equal(2, _asked);

        for (var i = 0; i < 20; i++) Assert.False(await Knows($"forged-{i}"));
        Assert.Equal(2, _asked);
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Knows($"forged-{i}"))), Assert.False);
        Assert.Equal(3, _asked);
    }

    [Fact]
    public async Task Known_keys_go_on_while_the_authority_is_away_and_of_others_nobody_can_tell()
    {
        Assert.True(await Knows("old"));
        _away = true;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Knows("new"));
        Assert.True(await Knows("old"));
        _time.Advance(TimeSpan.FromHours(13));
        Assert.True(await Knows("old"));
        Assert.True(await Knows("old"));
        Assert.Equal(3, _asked);

        (_away, _published) = (false, ["new"]);
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.True(await Knows("new"));
        Assert.False(await Knows("old"));
    }

    [Fact]
    public async Task An_authority_that_was_never_reached_is_asked_again_soon()
    {
        _away = true;
        for (var i = 0; i < 5; i++) await Assert.ThrowsAsync<StoreUnavailableException>(() => Knows("old"));
        Assert.Equal(1, _asked);
        _away = false;
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.True(await Knows("old"));
    }

    public void Dispose() => _keys.Dispose();

    private async Task<bool> Knows(string kid) => await _keys.Find(kid, TestContext.Current.CancellationToken) is not null;

    private Task<OpenIdConnectConfiguration> Fetch()
    {
        _asked++;
        if (_away) throw new HttpRequestException("away");
        var found = new OpenIdConnectConfiguration();
        foreach (var kid in _published) found.SigningKeys.Add(new SymmetricSecurityKey(new byte[32]) { KeyId = kid });
        return Task.FromResult(found);
    }
}
