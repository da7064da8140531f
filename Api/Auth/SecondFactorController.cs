using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using Asp.Versioning;
using Microsoft.AspNetCore.Mvc;
using OtpNet;
using Tms.Api.Http;
using Tms.Api.Security;
using Tms.Domain.Shared;
using Tms.Domain.Users;

namespace Tms.Api.Auth;

/// <summary>The caller's second factor: codes from an app beside the password.</summary>
[ApiController, ApiVersion(2.0), Route("api/auth/second-factor"), Requires(Permission.OwnProfile, Platform = true)]
public sealed class SecondFactorController(OwnAccount account, SecondFactors factors, SecondFactorTickets tickets) : ControllerBase
{
    private static readonly Refusal OldTicket = Refusal.Invalid(
        "/ticket", AuthCodes.InvalidTicket, "The ticket is older than ten minutes, or not yours: begin again.");

    private static readonly Refusal WrongCode = Refusal.Invalid(
        "/code", AuthCodes.WrongCode, "The code does not hold: look at the clock of the device, and send the one that it shows now.");

    /// <summary>Gives a new secret to put into an app. Nothing changes before <c>enable</c>.</summary>
    [HttpPost("begin")]
    [ProducesResponseType<SecondFactorBegun>(StatusCodes.Status200OK)]
    public async Task<ActionResult> Begin(CancellationToken cancel)
    {
        var caller = HttpContext.Facts().Caller!;
        var secret = RandomNumberGenerator.GetBytes(TotpCode.SecretSize);
        var text = Base32Encoding.ToString(secret);
        return new JsonAnswer(
            new SecondFactorBegun(text, TotpCode.Uri(caller.Email, text), await tickets.Seal(caller.UserId, secret, cancel)));
    }

    /// <summary>
    /// Has the caller's logins need a code from now on, where a first one holds. The codes for a lost device are shown here and never
    /// again.
    /// </summary>
    [HttpPost("enable")]
    [ProducesResponseType<SecondFactorEnabled>(StatusCodes.Status200OK)]
    public async Task<ActionResult> Enable([FromBody] EnableSecondFactorRequest body, CancellationToken cancel)
    {
        var user = HttpContext.Facts().Caller!.UserId;
        if (await tickets.Open(user, body.Ticket, cancel) is not { } secret) return Answers.Of(OldTicket).ToResult();
        if (factors.Step(secret, body.Code) is null) return Answers.Of(WrongCode).ToResult();

        var codes = RecoveryCodes.Make();
        var outcome =
            await account.Send(HttpContext, new EnableSecondFactor(factors.Wrap(user, secret), RecoveryCodes.Hashes(codes), codes.Count));
        return Answers.Of(outcome, _ => new JsonAnswer(new SecondFactorEnabled([.. codes])));
    }

    /// <summary>
    /// Has the caller's logins need no code any more. Asks for the password and a code; wrong ones count as failed logins do.
    /// </summary>
    [HttpPost("disable")]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<ActionResult> Disable([FromBody] DisableSecondFactorRequest body, CancellationToken cancel)
    {
        if (await account.Refuse(HttpContext, body.Password, "/password", cancel) is { } wrong) return wrong;
        if (await account.RefuseCode(HttpContext, body.Code, cancel) is { } wrongCode) return wrongCode;
        return Answers.Of(
            await account.Send(HttpContext, new DisableSecondFactor()), _ => new JsonAnswer(null, StatusCodes.Status204NoContent));
    }
}

/// <summary>A second factor to set up.</summary>
/// <param name="Secret">For apps into which it is typed: base32.</param>
/// <param name="OtpauthUri">For apps that read it as a QR code.</param>
/// <param name="Ticket">To send with the first code; holds for ten minutes.</param>
public sealed record SecondFactorBegun(string Secret, string OtpauthUri, string Ticket);

/// <summary>A second factor that is set up.</summary>
/// <param name="RecoveryCodes">Codes for a lost device, each for one login.</param>
public sealed record SecondFactorEnabled(string[] RecoveryCodes);

/// <summary>A first code.</summary>
public sealed record EnableSecondFactorRequest
{
    /// <summary>As <c>begin</c> gave it.</summary>
    [StringLength(200)]
    public required string Ticket { get; init; }

    /// <summary>The code that the app shows.</summary>
    [StringLength(40)]
    public required string Code { get; init; }
}

/// <summary>What it takes to need no codes any more.</summary>
public sealed record DisableSecondFactorRequest
{
    /// <summary>The account's password.</summary>
    [StringLength(Passwords.MaxLength)]
    public required string Password { get; init; }

    /// <summary>A code of the app, or one for a lost device.</summary>
    [StringLength(40)]
    public required string Code { get; init; }
}
