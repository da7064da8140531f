using Tms.Api.Http;

namespace Tms.Api.Hosting;

/// <summary>
/// After authentication: counts each request as <see cref="LimitRules"/> say, on all nodes together; refuses what is too much.
/// </summary>
internal sealed class RateLimitMiddleware(RequestDelegate next, CallerLimits limits)
{
    public Task Invoke(HttpContext context) => LimitRules.Of(context) switch
    {
        LimitRule.None => next(context),
        LimitRule.Session => Settled(context),
        LimitRule.Stranger => Stranger(context),
        _ => context.Facts().Caller is { } caller ? Limit(context, limits.User(caller.Actor)) : Limit(context, limits.Address(context)),
    };

    private Task Limit(HttpContext context, ValueTask<RateTaken> taken) =>
        taken.IsCompletedSuccessfully ? Go(context, limits.Tell(context, taken.Result)) : Wait(context, taken);

    private async Task Wait(HttpContext context, ValueTask<RateTaken> taken) => await Go(context, limits.Tell(context, await taken));

    private async Task Stranger(HttpContext context)
    {
        if (await limits.Stranger(context) is { } tooMany) await ProblemWriter.Write(context, tooMany);
        else await Settled(context);
    }

    private async Task Settled(HttpContext context)
    {
        await next(context);
        CallerLimits.Settle(context);
    }

    private Task Go(HttpContext context, Problem? tooMany) => tooMany is null ? next(context) : ProblemWriter.Write(context, tooMany);
}
