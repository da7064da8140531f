using Tms.Api.Http;
using Tms.Domain.Shared;

namespace Tms.Api.Documents;

/// <summary>The problems that an action can answer with by its kind, and the codes of each: said here once, for all actions.</summary>
internal static class Answerable
{
    /// <summary>Status and codes, by status. Codes of single faults are not among them.</summary>
    public static IEnumerable<(string Status, IReadOnlyList<string> Codes)> Of(OperationKind kind) =>
        from answer in All(kind)
        where answer.When
        select (answer.Status, (IReadOnlyList<string>)[.. answer.Codes.Concat(Rules(kind, answer.Status)).Distinct()
            .Order(StringComparer.Ordinal)]);

    private static IEnumerable<(string Status, bool When, IEnumerable<string> Codes)> All(OperationKind kind) =>
    [
        ("400", true, Malformed(kind)),
        ("401", !kind.IsOpen || kind.LogsIn, kind.LogsIn ? [ErrorCodes.Unauthenticated, ErrorCodes.SecondFactorRequired]
            : [ErrorCodes.Unauthenticated]),
        ("403", !kind.IsOpen, kind.IsOfModule ? [ErrorCodes.Forbidden, ErrorCodes.ModuleNotActive] : [ErrorCodes.Forbidden]),
        ("404", !kind.IsOpen || kind.NamesOne, [ErrorCodes.NotFound]),
        ("406", true, [ErrorCodes.NotAcceptable]),
        ("408", kind.HasBody, [ErrorCodes.RequestTimeout]),
        ("409", kind.IsWrite, [ErrorCodes.Conflict]),
        ("410", kind.IsV1, [ErrorCodes.ApiVersionSunset]),
        ("412", kind.TakesMatch, [ErrorCodes.PreconditionFailed]),
        ("413", kind.IsWrite, [ErrorCodes.PayloadTooLarge]),
        ("415", kind.HasBody, [ErrorCodes.UnsupportedMediaType]),
        ("422", !kind.IsV1 && (kind.HasBody || kind.TakesKey), Faulty(kind)),
        ("428", kind.NeedsMatch, [ErrorCodes.PreconditionRequired]),
        ("429", true, kind.SendsMail ? [ErrorCodes.RateLimited, RuleCodes.MailedLately, RuleCodes.TooManyMails]
            : [ErrorCodes.RateLimited]),
        ("503", true, [ErrorCodes.Unavailable]),
    ];

    private static IEnumerable<string> Malformed(OperationKind kind)
    {
        yield return ErrorCodes.AmbiguousApiVersion;
        yield return ErrorCodes.UnsupportedApiVersion;
        yield return ErrorCodes.BadRequest;
        yield return ErrorCodes.InvalidParameter;
        if (!kind.IsV1) yield return ErrorCodes.UnknownParameter;
        if (kind.HasCursor) yield return ErrorCodes.InvalidCursor;
        if (kind.HasBody) yield return ErrorCodes.MalformedJson;
        if (kind.IsWrite) yield return ErrorCodes.InvalidPrecondition;
        if (kind.TakesKey || kind.IsShownOnce) yield return ErrorCodes.InvalidIdempotencyKey;
        if (kind.IsShownOnce) yield return ErrorCodes.IdempotencyKeyNotTaken;
        if (kind.IsOfCompany || kind.NamesOne) yield return ErrorCodes.CompanyRequired;
        if (!kind.IsV1) yield break;
        foreach (var code in Faulty(kind)) yield return code;
    }

    private static IEnumerable<string> Faulty(OperationKind kind)
    {
        if (kind.HasBody) yield return ErrorCodes.ValidationFailed;
        if (kind.TakesKey) yield return ErrorCodes.IdempotencyKeyReused;
    }

    // What the rules refuse as a whole has a code of theirs; what is wrong with a field is told of beside it.
    private static IEnumerable<string> Rules(OperationKind kind, string status) =>
        kind.IsWrite && status is "403" or "409"
            ? Areas(kind.Area).SelectMany(area => CodeList.Of(area, status, ofAll: kind.TakesMatch))
            : [];

    // An area whose actions command aggregates of another area answers with the codes of that one, too.
    private static string[] Areas(string area) => area switch
    {
        "Admin" => [area, "Invitations"],
        "Auth" => [area, "Invitations", "Users"],
        "Invitations" => [area, "Users"],
        _ => [area],
    };
}
