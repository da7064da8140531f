using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tms.Api.Realtime;
using Tms.Domain.Users;

namespace Tms.Api.Tests.Realtime;

/// <summary>A user of the tests.</summary>
internal sealed record TestUser(Guid Id, Role Role, Guid? Company)
{
    public static TestUser Of(Role role, Guid? company) => new(Guid.CreateVersion7(), role, company);
}

/// <summary>Tokens that only this test host knows.</summary>
internal sealed class TestTokens : ITokenValidator
{
    private readonly ConcurrentDictionary<string, ClaimsPrincipal> _issued = new();
    private readonly ConcurrentDictionary<Guid, bool> _revoked = new();

    public string Issue(TestUser user, DateTimeOffset expires)
    {
        List<Claim> claims =
        [
            new("sub", user.Id.ToString()),
            new("role", user.Role.ToWire()),
            new("exp", expires.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
            new("jti", Guid.CreateVersion7().ToString()),
        ];
        if (user.Company is { } company)
        {
            claims.Add(new("companyId", company.ToString()));
        }

        return Issue([.. claims]);
    }

    public string Issue(params Claim[] claims)
    {
        var token = Guid.NewGuid().ToString("N");
        _issued[token] = new(new ClaimsIdentity(claims, "test"));
        return token;
    }

    public ClaimsPrincipal? Find(string token) => _issued.GetValueOrDefault(token);

    public void Revoke(TestUser user) => _revoked[user.Id] = true;

    public bool IsSure { get; set; } = true;

    public bool IsRevoked(LiveCaller caller) => _revoked.ContainsKey(caller.UserId);

    public Task<ClaimsPrincipal?> Validate(string token) => Task.FromResult(Find(token));
}

internal sealed class TestAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, TestTokens tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Scheme0 = "Test";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var token = Request.Query["access_token"].ToString() is { Length: > 0 } query
            ? query
            : Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal);
        return Task.FromResult(tokens.Find(token) is { } user
            ? AuthenticateResult.Success(new(user, Scheme0))
            : AuthenticateResult.NoResult());
    }
}
