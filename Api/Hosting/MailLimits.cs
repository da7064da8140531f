using Microsoft.AspNetCore.Mvc;
using Tms.Api.Http;
using Tms.Api.Tenancy;
using Tms.Domain.Shared;
using Tms.EventStore;
using Tms.Grains.Abstractions.Limits;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Abstractions.Users;

namespace Tms.Api.Hosting;

/// <summary>Counts mails by company and address, in one grain for each company.</summary>
internal sealed class MailLimits(IGrainFactory grains, ApiSettings settings, LimitMetrics metrics, TimeProvider time) : IMailLimits
{
    // Anybody registers a company within a minute: until its leader is known to read mail somewhere, little goes out in its name.
    private const int WhereUnshown = 20;
    private const int WhereShown = 200;

    // A request waits for it: a cluster that does not answer by then is not asked.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    public async Task<ActionResult> Send(HttpContext http, string address, Func<Refusal?, Task<ActionResult>> send)
    {
        if (!settings.RateLimits.Enabled) return await send(null);
        var mail = Request(http, address);
        var turn = await Turn(http, mail);
        var answer = await send(Refusal(turn));
        if (turn.IsNew && !IsSent(answer)) await GiveBack(http, mail.Id);
        if (turn.Wait > 0 && answer is not JsonAnswer) metrics.Refused();
        return answer;
    }

    private static MailRequest Request(HttpContext http, string address) =>
        new(http.Command().KeyHash is { } key ? new Guid(key.AsSpan(0, 16)) : Guid.NewGuid(), Email.Normalise(address), WhereUnshown);

    private IMailBookGrain Book(HttpContext http) => grains.GetGrain<IMailBookGrain>(http.Tenant().ToString());

    private async Task<MailTurn> Turn(HttpContext http, MailRequest mail)
    {
        try
        {
            var book = Book(http);
            var turn = await book.Take(mail).WaitAsync(Patience, time);
            return turn is { Wait: > 0, IsSameAddress: false } && await HasShown(http)
                ? await book.Take(mail with { Limit = WhereShown }).WaitAsync(Patience, time)
                : turn;
        }
        catch (Exception)
        {
            // Also while silos of an earlier release do not know the book yet.
            metrics.CountedAlone();
            return default;
        }
    }

    private async Task GiveBack(HttpContext http, Guid mail)
    {
        try
        {
            await Book(http).GiveBack(mail).WaitAsync(Patience, time);
        }
        catch (Exception)
        {
            metrics.CountedAlone();
        }
    }

    // An ADMIN needs to show nothing.
    private async Task<bool> HasShown(HttpContext http)
    {
        var caller = http.Caller();
        return caller.Home == TenantId.Platform
            || await grains.GetGrain<IUserGrain>(GrainKey.For(caller.Home.Value, caller.UserId)).Get() is { IsEmailShown: true };
    }

    private static Refusal? Refusal(MailTurn turn) => turn switch
    {
        { Wait: 0 } => null,
        { IsSameAddress: true } => Domain.Shared.Refusal.TooSoon(
            RuleCodes.MailedLately, "A mail went to this address a moment ago: look among unwanted mail, or try again later.", turn.Wait),
        _ => Domain.Shared.Refusal.TooSoon(
            RuleCodes.TooManyMails, "Your company has had too many mails sent within an hour: try again later.", turn.Wait),
    };

    private static bool IsSent(ActionResult answer) =>
        answer is JsonAnswer { IsReplay: false } or StatusCodeResult { StatusCode: < StatusCodes.Status400BadRequest };
}
