using Microsoft.AspNetCore.Mvc;
using Tms.Domain.Shared;

namespace Tms.Api.Hosting;

/// <summary>An action that has a mail sent to an address of its caller's choice: <see cref="IMailLimits"/> may refuse it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SendsMailAttribute : Attribute;

/// <summary>Bounds the mails that callers have sent to addresses of their choice.</summary>
public interface IMailLimits
{
    /// <summary>Counts a mail, and has it sent. What a repeat under one Idempotency-Key asks for is counted once.</summary>
    /// <param name="http">The request.</param>
    /// <param name="address">Where the mail goes, however it is written.</param>
    /// <param name="send">
    /// Has it sent, and gives the answer. It is told why no mail may go yet: the answer is that refusal then, or one to a repeat.
    /// </param>
    Task<ActionResult> Send(HttpContext http, string address, Func<Refusal?, Task<ActionResult>> send);
}
