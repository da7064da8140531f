using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Tms.Api.Hosting;
using Tms.Api.Http;
using Tms.EventStore;

namespace Tms.Api.Security;

/// <summary>
/// Authenticates by access token: <c>Authorization: Bearer</c>. That of a hub's query has become one by now
/// (<see cref="Hosting.QueryTokens"/>).
/// </summary>
internal sealed class BearerHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder, TokenReader tokens, CallerLimits limits)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder), IAsker
{
    public new const string Scheme = "Bearer";
    private const string Prefix = "Bearer ";

    /// <inheritdoc />
    public ValueTask<bool> MayAsk() => limits.MayAsk(Context);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Token() is not { } token) return AuthenticateResult.NoResult();
        CallerPrincipal? principal;
        try
        {
            principal = await tokens.Read(token, this, Context.RequestAborted);
        }
        catch (StoreUnavailableException doubt)
        {
            Context.Facts().Doubt = doubt;
            return AuthenticateResult.Fail(doubt);
        }

        if (principal is null) return AuthenticateResult.Fail("The token does not hold.");
        CallerLimits.Known(Context);
        Context.Facts().Caller = principal.Caller;
        return AuthenticateResult.Success(new AuthenticationTicket(principal, Scheme));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => Access.Challenge(Context);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        ProblemWriter.Write(Context, Faults.Bare(StatusCodes.Status403Forbidden));

    private string? Token()
    {
        string? header = Request.Headers.Authorization;
        return header is not null && header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? header[Prefix.Length..].Trim() : null;
    }
}
