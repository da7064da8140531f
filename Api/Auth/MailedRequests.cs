using Microsoft.AspNetCore.Mvc;
using Tms.Api.Http;
using Tms.Domain.Shared;
using Tms.Domain.Users;
using Tms.EventStore.Keys;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Abstractions.Users;

namespace Tms.Api.Auth;

/// <summary>What somebody may do who has read a user's mail.</summary>
public sealed class MailedRequests(MailTokens tokens, IGrainFactory grains, TimeProvider time)
{
    private static readonly Refusal InvalidToken = Refusal.Invalid(
        "/token", UserCodes.InvalidToken, "The token has been used, has expired or was never sent: ask for a new one.");

    private static readonly Refusal EmailTaken = Refusal.State(AuthCodes.EmailTaken, "This e-mail address is in use: choose another.");

    /// <summary>What a token names; null where it is not ours, or for another purpose.</summary>
    public ValueTask<MailToken?> Open(MailPurpose purpose, string text, CancellationToken cancel) => tokens.Open(purpose, text, cancel);

    /// <summary>Sends a command to the user that a token names.</summary>
    public Task<Outcome<UserView>> Send(MailToken token, UserCommand command, string correlation)
    {
        CallerTenant.Set(token.Tenant.Value);
        var context = new CommandContext(Guid.CreateVersion7(time.GetUtcNow()), token.Id.ToString(), correlation);
        return grains.GetGrain<IUserGrain>(GrainKey.For(token.Tenant.Value, token.Id)).Send(command, context);
    }

    /// <summary>The answer to a token that does not hold, for whatever reason.</summary>
    public static ActionResult Invalid() => Answers.Of(InvalidToken).ToResult();

    /// <summary>The answer to a command that was not done. A user who is gone or not active has no tokens either.</summary>
    public static ActionResult Refused(Outcome<UserView> outcome) => outcome.Refusal is { Kind: not RefusalKind.Invalid }
        ? Invalid()
        : Answers.Of(outcome, view => Answers.Done(view, view.Version), EmailTaken);
}
