using Microsoft.AspNetCore.Mvc;
using Tms.Domain.Shared;

namespace Tms.Api.Http;

/// <summary>
/// Why a request is not answered as asked. Written as RFC 9457 problem details, or in the shape of v1 where v1 serves the request.
/// </summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Code">One of <see cref="ErrorCodes"/>, or a code of the business.</param>
/// <param name="Detail">One sentence for a person.</param>
public sealed record Problem(int Status, string Code, string Detail)
{
    /// <summary>What is wrong with the input, all of it.</summary>
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary>Whether the fields of the faults are named as the client wrote them; else in the words of v2.</summary>
    public bool IsAsWritten { get; init; }

    /// <summary>The versions that would be served, where the one asked for is not.</summary>
    public IReadOnlyList<string> Supported { get; init; } = [];

    /// <summary>Seconds after which a repeat makes sense; null: no Retry-After.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>The input has faults: 422, in v1 400.</summary>
    public static Problem Invalid(IReadOnlyList<Fault> faults) =>
        new(
            StatusCodes.Status422UnprocessableEntity, ErrorCodes.ValidationFailed,
            "The request has faults; each is listed with its field.")
        { Faults = faults };

    /// <summary>The faults that the rules found; null: none.</summary>
    public static Problem? Of(IReadOnlyList<Refusal> refusals) =>
        refusals.Count == 0 ? null : Invalid([.. refusals.Select(r => new Fault(r.Field ?? "", r.Code, r.Detail))]);

    /// <summary>There is nothing at this address that the caller may know of.</summary>
    public static Problem NotFound() => new(StatusCodes.Status404NotFound, ErrorCodes.NotFound, "There is nothing here.");

    /// <summary>This problem as the answer of an action.</summary>
    public ActionResult ToResult() => new ProblemResult(this);

    private sealed class ProblemResult(Problem problem) : ActionResult
    {
        public override Task ExecuteResultAsync(ActionContext context) => ProblemWriter.Write(context.HttpContext, problem);
    }
}

/// <summary>One thing that is wrong with the input.</summary>
/// <param name="Field">JSON pointer in the body.</param>
/// <param name="Code">Stable, snake_case.</param>
/// <param name="Message">One sentence for a person.</param>
public readonly record struct Fault(string Field, string Code, string Message);
