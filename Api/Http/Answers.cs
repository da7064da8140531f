using System.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Tms.Domain.Shared;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Api.Http;

/// <summary>Turns what grains and read models say into answers.</summary>
public static class Answers
{
    /// <summary>200 with a resource and its ETag; 304 where If-None-Match names its version; 404 for null.</summary>
    public static ActionResult Resource<TView>(HttpRequest request, TView? view, Func<TView, int> version)
        where TView : class
    {
        if (view is null) return Problem.NotFound().ToResult();
        var number = version(view);
        return ETags.IsKnown(request, ETags.Of(number, request.HttpContext.Facts().IsV1))
            ? new JsonAnswer(null, StatusCodes.Status304NotModified) { Version = number }
            : new JsonAnswer(view) { Version = number };
    }

    /// <summary>201 with what was made, where it is and its ETag.</summary>
    public static JsonAnswer Created(string location, object body, int version) =>
        new(body, StatusCodes.Status201Created) { Location = location, Version = version };

    /// <summary>200 with the resource after a command, and its ETag.</summary>
    public static JsonAnswer Done(object body, int version) => new(body) { Version = version };

    /// <summary>The answer of a command.</summary>
    /// <param name="outcome">What its grain said.</param>
    /// <param name="done">The answer where it holds; the same one, marked as a replay, where it was done before.</param>
    /// <param name="taken">Why a value that must be unique is not free; needed by commands that reserve one.</param>
    public static ActionResult Of<TView>(Outcome<TView> outcome, Func<TView, JsonAnswer> done, Refusal? taken = null)
        where TView : class => outcome.Kind switch
        {
            OutcomeKind.Done => done(outcome.View!),
            OutcomeKind.Replayed => done(outcome.View!).Replayed(),
            OutcomeKind.Refused => Of(outcome.Refusal!, outcome.Others).ToResult(),
            OutcomeKind.Stale =>
                new Problem(412, ErrorCodes.PreconditionFailed, "It has changed since you read it: read it again.").ToResult(),
            OutcomeKind.KeyReused =>
                new Problem(422, ErrorCodes.IdempotencyKeyReused, "This Idempotency-Key was used for another command.").ToResult(),
            OutcomeKind.Conflict => new Problem(409, ErrorCodes.Conflict, "Others keep changing it: read it again.").ToResult(),
            OutcomeKind.Taken =>
                Of(outcome.Refusal ?? taken ?? Refusal.State(ErrorCodes.Conflict, "A value that must be unique is taken.")).ToResult(),
            _ => throw new UnreachableException(),
        };

    /// <summary>422 with everything that the rules found; null: they found nothing.</summary>
    public static ActionResult? Faults(IReadOnlyList<Refusal> refusals) => Problem.Of(refusals)?.ToResult();

    /// <summary>422 with one fault.</summary>
    public static ActionResult Fault(string field, string code, string message) =>
        Problem.Invalid([new Fault(field, code, message)]).ToResult();

    /// <summary>404.</summary>
    public static ActionResult NotFound() => Problem.NotFound().ToResult();

    /// <summary>400: a query parameter that is not one of what it may be.</summary>
    public static ActionResult Parameter(string name, string mayBe) =>
        new Problem(StatusCodes.Status400BadRequest, ErrorCodes.InvalidParameter, $"Parameter '{name}' must be {mayBe}.").ToResult();

    /// <summary>401: these credentials do not hold.</summary>
    public static ActionResult Unauthenticated() =>
        new Problem(StatusCodes.Status401Unauthorized, ErrorCodes.Unauthenticated, "These credentials do not hold.").ToResult();

    /// <summary>401: these credentials hold, and need a code beside them.</summary>
    public static ActionResult NeedsCode() =>
        new Problem(StatusCodes.Status401Unauthorized, ErrorCodes.SecondFactorRequired, "Send the second factor's code, too.").ToResult();

    /// <summary>The problem that a refusal is, with whatever else is wrong with the same input.</summary>
    public static Problem Of(Refusal refusal, params IReadOnlyList<Refusal> others) => refusal.Kind switch
    {
        RefusalKind.NotFound => new Problem(404, refusal.Code, refusal.Detail),
        RefusalKind.State => new Problem(409, refusal.Code, refusal.Detail),
        RefusalKind.Forbidden => new Problem(403, refusal.Code, refusal.Detail),
        RefusalKind.TooSoon => new Problem(429, refusal.Code, refusal.Detail) { RetryAfter = refusal.RetryAfter },
        RefusalKind.Invalid => Problem.Of([refusal, .. others])!,
        _ => throw new UnreachableException(),
    };
}
