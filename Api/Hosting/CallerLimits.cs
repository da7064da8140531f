using System.Globalization;
using Tms.Api.Http;

namespace Tms.Api.Hosting;

/// <summary>All counters of requests of this node. <see cref="LimitRules"/> says which of them a request falls under.</summary>
internal sealed class CallerLimits(ApiSettings settings, PermitSource source, LimitMetrics metrics, TimeProvider time) : ICallerLimits
{
    // Enough for the person, for whoever manages users, and for an answer that was lost on its way.
    private const int Exports = 4;
    private readonly RateLimiter<string> _users = new("callers", settings.RateLimits.PerCaller, settings.RateLimits.Window, source, time);
    private readonly NetworkLimiter _addresses = new("callers", settings.RateLimits.PerCaller, settings.RateLimits.Window, source, time);
    private readonly NetworkLimiter _strangers = new("auth", settings.RateLimits.Auth, settings.RateLimits.Window, source, time);
    private readonly RateLimiter<Guid> _sessions = new("sessions", settings.RateLimits.Auth, settings.RateLimits.Window, source, time);

    private readonly RateLimiter<Guid> _exports = new("exports", Exports, TimeSpan.FromHours(1), source, time);

    /// <summary>Takes one request of a user.</summary>
    public ValueTask<RateTaken> User(string actor) => _users.Take(actor);

    /// <summary>Takes one request of an address; the one that was taken for its token, where that was worth nothing.</summary>
    public ValueTask<RateTaken> Address(HttpContext http) =>
        http.Features.Get<Asked>() is { } asked ? new(asked.Taken) : _addresses.Take(CallerNetwork.Of(http));

    /// <summary>Whether the store may be asked for a stranger's token: the address has requests left.</summary>
    public async ValueTask<bool> MayAsk(HttpContext http)
    {
        if (!settings.RateLimits.Enabled) return true;
        var taken = await _addresses.Take(CallerNetwork.Of(http));
        http.Features.Set(new Asked(taken));
        return !taken.IsTooMany;
    }

    /// <summary>The token is somebody's: from here on the request is counted as that one's alone.</summary>
    public static void Known(HttpContext http)
    {
        if (http.Features.Get<Asked>() is not { } asked) return;
        asked.Taken.GiveBack();
        http.Features.Set<Asked>(null);
    }

    /// <summary>429 where the request's token was not looked at, because its address has none left; else null.</summary>
    public Problem? Unasked(HttpContext http) =>
        http.Features.Get<Asked>() is { Taken: { IsTooMany: true } taken } ? Tell(http, taken) : null;

    /// <inheritdoc />
    public async ValueTask<Problem?> Session(HttpContext http, Guid session) =>
        settings.RateLimits.Enabled ? Tell(http, await _sessions.Take(session)) : null;

    /// <inheritdoc />
    public async ValueTask<Problem?> Stranger(HttpContext http)
    {
        if (!settings.RateLimits.Enabled) return null;
        if (Tell(http, await Address(http)) is { } tooMany) return tooMany;
        var taken = await _strangers.Take(CallerNetwork.Of(http));
        http.Features.Set(new Lent(taken));
        return Tell(http, taken);
    }

    /// <inheritdoc />
    public async ValueTask<Problem?> Export(HttpContext http, Guid person)
    {
        if (!settings.RateLimits.Enabled || await _exports.Take(person) is not { IsTooMany: true } taken) return null;
        var detail = $"A person's data are exported {Exports} times an hour at most; Retry-After says when to go on.";
        return Tell(http, taken)! with { Detail = detail };
    }

    /// <inheritdoc />
    public void Succeed(HttpContext http)
    {
        http.Features.Get<Lent>()?.Taken.GiveBack();
        http.Features.Set<Lent>(null);
    }

    /// <inheritdoc />
    public void Fail(HttpContext http) => http.Features.Set<Lent>(null);

    /// <summary>Gives back what a request was only lent, where its answer is a success.</summary>
    public static void Settle(HttpContext http)
    {
        if (http.Response.StatusCode < StatusCodes.Status400BadRequest) http.Features.Get<Lent>()?.Taken.GiveBack();
    }

    /// <summary>Writes what is left into the answer's headers.</summary>
    /// <returns>429 where the request is one too many; else null.</returns>
    public Problem? Tell(HttpContext http, RateTaken taken)
    {
        var headers = http.Response.Headers;
        headers["X-RateLimit-Limit"] = Text(taken.Limit);
        headers["X-RateLimit-Remaining"] = Text(Math.Max(0, taken.Left));
        headers["X-RateLimit-Reset"] = Text(taken.ResetsAt);
        if (!taken.IsTooMany) return null;
        metrics.Refused();
        return new(StatusCodes.Status429TooManyRequests, ErrorCodes.RateLimited, "Too many requests; Retry-After says when to go on.")
        {
            RetryAfter = (int)Math.Max(1, taken.ResetsAt - time.GetUtcNow().ToUnixTimeSeconds()),
        };
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record Lent(RateTaken Taken);

    private sealed record Asked(RateTaken Taken);
}
