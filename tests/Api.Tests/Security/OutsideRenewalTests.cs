using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Tms.Api.Security;
using Tms.Api.Tests.Hosting;
using Tms.Domain.Users;

namespace Tms.Api.Tests.Security;

/// <summary>A token of an outside authority that outlives what a node remembers of it.</summary>
public sealed class OutsideRenewalTests
{
    private static readonly string Token =
        $"{Part("""{"alg":"RS256","kid":"rsa"}""")}.{Part("""{"iss":"https://login.example.no"}""")}.{Part("signature")}";

    [Fact]
    public async Task It_is_looked_up_anew_before_a_live_connection_would_find_it_expired()
    {
        var outside = new Kept();
        await using var api =
            await ApiHost.Start(services: services => services.Replace(ServiceDescriptor.Singleton<IOutsideTokens>(outside)));
        for (var i = 0; i < 2; i++) Assert.Equal(HttpStatusCode.OK, await Status(api));
        Assert.Equal(1, outside.Asked);

        api.Time.Advance(TokenIssuer.Lifetime);
        Assert.Equal(HttpStatusCode.OK, await Status(api));
        Assert.Equal(2, outside.Asked);

        var tokens = api.Services.GetRequiredService<Tms.Api.Security.TokenReader>();
        api.Time.Advance(TokenIssuer.Lifetime / 2);
        var prolonged = await tokens.ReadAnew(Token, TestContext.Current.CancellationToken);
        Assert.Equal((api.Time.GetUtcNow() + TokenIssuer.Lifetime, 3), (prolonged!.Caller.ExpiresAt, outside.Asked));

        outside.IsGone = true;
        api.Time.Advance(TokenIssuer.Lifetime);
        for (var i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.Unauthorized, await Status(api));
        Assert.Equal(4, outside.Asked);

        api.Time.Advance(TimeSpan.FromSeconds(10));
        outside.IsGone = false;
        Assert.Equal((HttpStatusCode.OK, 5), (await Status(api), outside.Asked));
    }

    private static string Part(string text) => Base64UrlEncoder.Encode(Encoding.UTF8.GetBytes(text));

    private static async Task<HttpStatusCode> Status(ApiHost api)
    {
        using var answer = await api.Get("/api/v2/guarded", ("Authorization", "Bearer " + Token));
        return answer.StatusCode;
    }

    private sealed class Kept : IOutsideTokens
    {
        private readonly Guid _company = Guid.CreateVersion7();

        public int Asked { get; private set; }

        public bool IsGone { get; set; }

        public Task<Caller?> Find(JsonWebToken token, DateTimeOffset until, CancellationToken cancel)
        {
            Asked++;
            return Task.FromResult(
                IsGone
                    ? null
                    : new Caller(_company, "kari@example.no", Role.Bruker, _company, Guid.CreateVersion7(), until)
                    {
                        IsFromOutside = true,
                    });
        }
    }
}
