using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Tms.Api.Security;
using Tms.Api.Tests.Hosting;
using Tms.Domain.Users;
using Tms.EventStore;
using Tms.EventStore.Keys;

namespace Tms.Api.Tests.Security;

/// <summary>New signing keys follow old ones, on nodes that share nothing but the store and about the time.</summary>
public sealed class KeyRotationTests
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);
    private readonly MemoryKeys _store = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero));
    private readonly MasterKey _master = MasterKey.Load(Convert.ToBase64String(new byte[32]), "");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_is_published_an_hour_before_it_signs_and_until_the_last_token_of_it_has_expired()
    {
        using var keys = await Node();
        var first = keys.Current.Kid;
        await Pass(keys, Lifetime - SigningKeys.Ahead - TimeSpan.FromMinutes(1));
        Assert.Equal([first], Kids(keys));

        await Pass(keys, TimeSpan.FromMinutes(1));
        Assert.Equal((2, first), (Kids(keys).Length, keys.Current.Kid));
        await Pass(keys, SigningKeys.Ahead - TimeSpan.FromSeconds(1));
        Assert.Equal((2, first), (Kids(keys).Length, keys.Current.Kid));

        await Pass(keys, TimeSpan.FromSeconds(1));
        var second = keys.Current.Kid;
        Assert.NotEqual(first, second);
        Assert.NotNull(await keys.Find(first, Cancel));
        await Pass(keys, SigningKeys.Afterwards - TimeSpan.FromSeconds(1));
        Assert.Equal([first, second], Kids(keys));
        await Pass(keys, TimeSpan.FromSeconds(1));
        Assert.Equal([second], Kids(keys));
        Assert.Null(await keys.Find(first, Cancel));
    }

    [Fact]
    public async Task Nodes_that_look_at_once_make_one_key_and_sign_with_it_at_the_same_moment()
    {
        using var one = await Node();
        using var two = await Node();
        var first = one.Current.Kid;
        Assert.Equal(first, two.Current.Kid);
        _time.Advance(Lifetime - SigningKeys.Ahead);
        var made = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => (i % 2 == 0 ? one : two).Follow(Lifetime, Cancel)));
        Assert.Single(made, key => key.Made);
        Assert.Equal(2, (await _store.All("access-token", Cancel)).Count);
        Assert.Equal((first, first), (one.Current.Kid, two.Current.Kid));
        _time.Advance(SigningKeys.Ahead);
        Assert.NotEqual(first, one.Current.Kid);
        Assert.Equal(one.Current.Kid, two.Current.Kid);
    }

    [Fact]
    public async Task An_operator_has_the_next_key_made_early_and_asking_again_makes_no_third()
    {
        using var keys = await Node();
        var (next, made) = await keys.Follow(TimeSpan.Zero, Cancel);
        var (again, madeAgain) = await keys.Follow(TimeSpan.Zero, Cancel);
        Assert.Equal(
            (true, false, next.Key.KeyId, _time.GetUtcNow() + SigningKeys.Ahead), (made, madeAgain, again.Key.KeyId, next.SignsFrom));
    }

    [Fact]
    public async Task A_token_holds_through_the_change_of_keys_and_jwks_shows_what_verifies_it()
    {
        await using var api = await ApiHost.Start(services: s => s.AddSingleton<IKeyStore>(_store), time: _time);
        var rotation = api.Services.GetRequiredService<IKeyRotation>();
        var next = await rotation.Force(Cancel);
        _time.Advance(SigningKeys.Ahead - TimeSpan.FromMinutes(1));
        var before = api.As(Role.Bruker);
        _time.Advance(TimeSpan.FromMinutes(2));
        var after = api.As(Role.Bruker);
        foreach (var header in ((string, string)[])[before, after])
        {
            using var answer = await api.Get("/api/v2/guarded", header);
            Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
        }

        using var jwks = await api.Get("/.well-known/jwks.json");
        var kids = (await jwks.Json()).GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("kid").GetString()).ToArray();
        Assert.Equal(2, kids.Length);
        Assert.Equal(next.Key.KeyId, kids[1]);
        Assert.Equal(kids, new[] { before, after }.Select(header => Kid(header.Item2)));
    }

    private static string? Kid(string header)
    {
        var part = header["Bearer ".Length..].Split('.')[0];
        return JsonDocument.Parse(Microsoft.IdentityModel.Tokens.Base64UrlEncoder.Decode(part)).RootElement.GetProperty("kid").GetString();
    }

    private async Task Pass(SigningKeys keys, TimeSpan time)
    {
        _time.Advance(time);
        await keys.Follow(Lifetime, Cancel);
    }

    private static string[] Kids(SigningKeys keys) => [.. keys.Published.Select(key => key.KeyId)];

    private async Task<SigningKeys> Node()
    {
        var keys = new SigningKeys(_store, _master, _time);
        await keys.Load(Cancel);
        return keys;
    }
}
