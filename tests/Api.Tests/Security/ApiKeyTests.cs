using System.Collections.Frozen;
using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Tms.Api.Security;
using Tms.Api.Tests.Hosting;
using Tms.Domain.Users;
using Tms.EventStore;

namespace Tms.Api.Tests.Security;

public sealed class ApiKeyTests
{
    private const string Guarded = "/api/v2/guarded";
    private readonly ApiKeyText _key =
        new(Guid.CreateVersion7(), Guid.CreateVersion7(), RandomNumberGenerator.GetBytes(ApiKeyText.SecretSize));

    [Fact]
    public void A_key_is_written_and_read_and_no_other_text_is_one()
    {
        var text = _key.Write();
        Assert.Matches("^tms_[A-Za-z0-9_-]{91}$", text);
        var read = Assert.NotNull(ApiKeyText.Parse(text));
        Assert.Equal(
            (_key.Company, _key.Key, Convert.ToHexString(_key.Secret)), (read.Company, read.Key, Convert.ToHexString(read.Secret)));

        for (var at = 0; at < text.Length; at++)
            Assert.Null(ApiKeyText.Parse(text[..at] + (text[at] == 'x' ? 'y' : 'x') + text[(at + 1)..]));
        foreach (var other in (string[])["", "tms_", text[..^1], text + "A", text.ToUpperInvariant(), "xms_" + text[4..]])
            Assert.Null(ApiKeyText.Parse(other));
    }

    [Fact]
    public async Task A_key_may_what_its_scopes_say_in_its_own_company_alone()
    {
        await using var api = await Start(new Kept(_key, Permission.EconomyRead));
        using var reads = await api.Get(Guarded, Header());
        var body = await reads.Json();
        Assert.Equal((_key.Key, _key.Company), (body.GetProperty("user").GetGuid(), body.GetProperty("tenant").GetGuid()));
        using var runs = await api.Get(Guarded + "/run", Header());
        Assert.Equal(HttpStatusCode.Forbidden, runs.StatusCode);
        using var other = await api.Get(Guarded, Header(), ("X-Company-Id", Guid.NewGuid().ToString()));
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
    }

    [Fact]
    public async Task A_key_is_looked_up_once_and_again_after_the_lifetime_of_a_token()
    {
        var kept = new Kept(_key, Permission.EconomyRead);
        await using var api = await Start(kept);
        for (var n = 0; n < 3; n++) Assert.Equal(HttpStatusCode.OK, await Status(api));
        Assert.Equal(1, kept.Asked);
        api.Time.Advance(TokenIssuer.Lifetime);
        Assert.Equal(HttpStatusCode.OK, await Status(api));
        Assert.Equal(2, kept.Asked);
        kept.IsGone = true;
        Assert.Equal(HttpStatusCode.OK, await Status(api));
        api.Time.Advance(TokenIssuer.Lifetime);
        Assert.Equal(HttpStatusCode.Unauthorized, await Status(api));
    }

    [Fact]
    public async Task Keys_that_somebody_made_up_cost_no_more_looks_than_an_address_has_requests_and_one_look_in_ten_seconds()
    {
        var kept = new Kept(_key, Permission.EconomyRead);
        await using var api = await ApiHost.Start(
            new() { ["Tms:RateLimiting:PerCaller"] = "4" }, services => services.Replace(ServiceDescriptor.Singleton<IApiKeys>(kept)));
        Assert.Equal(HttpStatusCode.OK, await Status(api));
        var same = new ApiKeyText(_key.Company, Guid.NewGuid(), _key.Secret);
        foreach (var path in (string[])["/health/live", Guarded, "/openapi/v1.json"])
        {
            using var answer = await api.Get(path, ("Authorization", "Bearer " + same.Write()));
            Assert.Equal(path == Guarded ? 401 : 200, (int)answer.StatusCode);
        }

        Assert.Equal(2, kept.Asked);
        for (var i = 0; i < 5; i++)
            (await api.Get("/health/live", ("Authorization", "Bearer " + (same with { Key = Guid.NewGuid() }).Write()))).Dispose();
        Assert.Equal(4, kept.Asked);
        using var refused = await api.Get(Guarded, ("Authorization", "Bearer " + (same with { Key = Guid.NewGuid() }).Write()));
        Assert.Equal("429 rate_limited", $"{(int)refused.StatusCode} {await refused.Code()}");
        Assert.Equal((HttpStatusCode.OK, 4), (await Status(api), kept.Asked));
        api.Services.GetRequiredService<RecentRevocations>().End(_key.Key);
        Assert.Equal(HttpStatusCode.TooManyRequests, await Status(api));
    }

    [Fact]
    public async Task A_key_that_was_let_in_is_renewed_whatever_strangers_do_from_the_same_address()
    {
        var kept = new Kept(_key, Permission.EconomyRead);
        await using var api = await ApiHost.Start(
            new() { ["Tms:RateLimiting:PerCaller"] = "4", ["Tms:RateLimiting:WindowSeconds"] = "43200" },
            services => services.Replace(ServiceDescriptor.Singleton<IApiKeys>(kept)));
        Assert.Equal(HttpStatusCode.OK, await Status(api));
        for (var i = 0; i < 5; i++)
            (await api.Get(Guarded, ("Authorization", "Bearer " + (_key with { Key = Guid.NewGuid() }).Write()))).Dispose();
        api.Time.Advance(TokenIssuer.Lifetime);
        Assert.Equal((HttpStatusCode.OK, 6), (await Status(api), kept.Asked));
    }

    [Fact]
    public async Task An_ended_key_is_out_with_the_next_request()
    {
        await using var api = await Start(new Kept(_key, Permission.EconomyRead));
        Assert.Equal(HttpStatusCode.OK, await Status(api));
        api.Services.GetRequiredService<RecentRevocations>().End(_key.Key);
        Assert.Equal(HttpStatusCode.Unauthorized, await Status(api));
    }

    [Fact]
    public async Task While_nobody_can_look_a_key_up_the_answer_is_503()
    {
        await using var api = await Start(new Kept(_key, Permission.EconomyRead) { IsDown = true });
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await Status(api));
        using var open = await api.Get("/api/v2/things", Header());
        Assert.Equal(HttpStatusCode.OK, open.StatusCode);
    }

    private static Task<ApiHost> Start(IApiKeys keys) =>
        ApiHost.Start(services: services => services.Replace(ServiceDescriptor.Singleton(keys)));

    private (string, string) Header() => ("Authorization", "Bearer " + _key.Write());

    private async Task<HttpStatusCode> Status(ApiHost api)
    {
        using var answer = await api.Get(Guarded, Header());
        return answer.StatusCode;
    }

    private sealed class Kept(ApiKeyText key, params Permission[] scopes) : IApiKeys
    {
        public int Asked { get; private set; }

        public bool IsDown { get; init; }

        public bool IsGone { get; set; }

        public Task<Caller?> Find(ApiKeyText asked, DateTimeOffset until, CancellationToken cancel)
        {
            Asked++;
            if (IsDown) throw new StoreUnavailableException("down");
            return Task.FromResult(
                IsGone || asked.Key != key.Key
                    ? null
                    : new Caller(key.Key, "", Role.Hovedbruker, key.Company, key.Key, until) { Scopes = scopes.ToFrozenSet() });
        }
    }
}
