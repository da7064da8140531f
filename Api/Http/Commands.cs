using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Tms.Api.Reading;
using Tms.Api.Tenancy;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Api.Http;

/// <summary>Makes the context of a command from its request, and sends it until its outcome is known.</summary>
public static class Commands
{
    private const int Attempts = 4;

    // A call that was lost has cost its caller ten seconds; a cluster that has not mended itself by then is not waited for as long again.
    private static readonly TimeSpan RepeatPatience = TimeSpan.FromSeconds(5);

    /// <summary>The context of the request's command; one command id per request.</summary>
    public static CommandContext Command(this HttpContext http)
    {
        var facts = http.Facts();
        var caller = http.Caller();
        var tenant = http.Tenant();
        return new CommandContext(Guid.CreateVersion7(facts.Time.GetUtcNow()), caller.Actor, facts.CorrelationId)
        {
            TraceParent = Activity.Current?.Id ?? Incoming(http.Request),
            ExpectedVersions = facts.ExpectedVersions,
            KeyHash = facts.IdempotencyKey is { } key ? KeyHash(http.Request, tenant.Value, caller.UserId, key) : null,
            KeyFingerprint = facts.IdempotencyKey is null ? null : facts.BodyFingerprint ?? CanonicalJson.Fingerprint([]),
            ActorCompany = tenant == caller.Home ? null : caller.Home.Value,
        };
    }

    /// <summary>An id for what the request makes; its grain need not look for what cannot be there yet.</summary>
    public static Guid NewId(this HttpContext _, TimeProvider time)
    {
        var id = Guid.CreateVersion7(time.GetUtcNow());
        FreshAggregate.Name(id);
        return id;
    }

    /// <summary>Sends a command and repeats it, with the same command id, as long as that can be done without harm.</summary>
    /// <remarks>
    /// A conflict (another activation was first) is repeated up to three times, but never where the caller named versions: those are then
    /// no longer current.
    /// A lost call (rejected by the cluster, or unanswered in time) is repeated once, also where versions were named: the grain looks the
    /// command id up first, so the repeat finds out what became of the first attempt and cannot do it twice. A second loss is the caller's
    /// 503, after five seconds at most.
    /// What the store itself could not take is not repeated here: it would only add to what it is suffering from.
    /// </remarks>
    /// <param name="grain">The aggregate.</param>
    /// <param name="command">What it is told.</param>
    /// <param name="context">Whose command it is.</param>
    /// <param name="time">Counts the five seconds; null: the system's clock.</param>
    public static async Task<Outcome<TView>> Send<TCommand, TView>(
        this IAggregateGrain<TCommand, TView> grain, TCommand command, CommandContext context, TimeProvider? time = null)
        where TView : class
    {
        var mayRepeatLoss = true;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var outcome = await grain.Execute(command, context)
                    .WaitAsync(mayRepeatLoss ? Timeout.InfiniteTimeSpan : RepeatPatience, time ?? TimeProvider.System);
                if (outcome.Kind != OutcomeKind.Conflict || context.ExpectedVersions is not null || attempt >= Attempts) return outcome;
            }
            catch (Exception e) when (mayRepeatLoss && Faults.IsLost(e))
            {
                mayRepeatLoss = false;
            }

            FreshAggregate.Forget();
            context = context with { MayHaveHappened = true };
        }
    }

    // Where nothing traces here, the caller's own trace still goes with the events.
    private static string? Incoming(HttpRequest request) =>
        request.Headers.TraceParent is [{ } given] && ActivityContext.TryParse(given, null, out _) ? given : null;

    // Fields are separated by line feeds, which none of them can hold.
    private static byte[] KeyHash(HttpRequest request, Guid company, Guid caller, string key) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"{company}\n{caller}\n{request.Method}\n{ResourceName.Of(request)}\n{key}"));
}
