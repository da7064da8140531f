using Microsoft.AspNetCore.Mvc;
using Tms.Api.Http;
using Tms.Api.Security;
using Tms.Domain.Shared;
using Tms.Domain.Users;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Abstractions.Users;

namespace Tms.Api.Auth;

/// <summary>What users do to their own account: the password is asked for again, and wrong ones count as failed logins do.</summary>
public sealed class OwnAccount(IGrainFactory grains, LoginGate gate)
{
    /// <summary>
    /// Null where the caller knows the own password; else the answer, which is the same for a wrong one and a locked account.
    /// </summary>
    /// <param name="http">The request.</param>
    /// <param name="password">What was given.</param>
    /// <param name="field">JSON pointer of where it was given.</param>
    /// <param name="cancel">Cancels the wait.</param>
    public async Task<ActionResult?> Refuse(HttpContext http, string password, string field, CancellationToken cancel)
    {
        var caller = http.Facts().Caller!;
        return await gate.Knows(caller.Home, caller.UserId, password, http.Facts().CorrelationId, cancel)
            ? null
            : Answers.Of(Refusal.Invalid(
                field, AuthCodes.WrongPassword, "This is not the password of the account, or too many attempts have failed.")).ToResult();
    }

    /// <summary>
    /// Null where the caller's second factor gives this code, or there is none; else the answer. One for a lost device is used up.
    /// </summary>
    public async Task<ActionResult?> RefuseCode(HttpContext http, string code, CancellationToken cancel)
    {
        if (await Grain(http.Facts().Caller!).Get() is not { HasSecondFactor: true } user) return null;
        return CodeText.Read(code) is not null && await gate.Shows(user, code, http.Facts().CorrelationId, cancel)
            ? null
            : Answers.Of(Refusal.Invalid("/code", AuthCodes.WrongCode, "The code does not hold, or too many attempts have failed."))
                .ToResult();
    }

    /// <summary>
    /// Sends a command to the caller's own user: an ADMIN who has named a company still is one of the platform. No Idempotency-Key: what is
    /// shown here is not to be kept with one.
    /// </summary>
    public Task<Outcome<UserView>> Send(HttpContext http, UserCommand command)
    {
        var caller = http.Facts().Caller!;
        return Grain(caller).Send(command, http.Command() with { ActorCompany = null, KeyHash = null, KeyFingerprint = null });
    }

    private IUserGrain Grain(Caller caller)
    {
        CallerTenant.Set(caller.Home.Value);
        return grains.GetGrain<IUserGrain>(GrainKey.For(caller.Home.Value, caller.UserId));
    }
}
