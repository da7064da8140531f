using Tms.Domain.Shared;

namespace Tms.Api.Http;

/// <summary>Every code that the edge itself answers with; the business adds its own beside its rules. Never renamed.</summary>
public static class ErrorCodes
{
    /// <summary>400: path, header and Accept ask for different major versions.</summary>
    public const string AmbiguousApiVersion = "ambiguous_api_version";

    /// <summary>400: the version asked for does not exist, or not for this resource; the supported ones are listed.</summary>
    public const string UnsupportedApiVersion = "unsupported_api_version";

    /// <summary>410: the version asked for was served until its sunset.</summary>
    public const string ApiVersionSunset = "api_version_sunset";

    /// <summary>400: the body is not JSON: syntax, duplicate names, comments, depth, encoding, nothing at all.</summary>
    public const string MalformedJson = "malformed_json";

    /// <summary>400: the request breaks HTTP's own rules.</summary>
    public const string BadRequest = "bad_request";

    /// <summary>400: a query parameter or header cannot be read; the detail names it.</summary>
    public const string InvalidParameter = "invalid_parameter";

    /// <summary>400: a query parameter that this address does not have.</summary>
    public const string UnknownParameter = "unknown_parameter";

    /// <summary>400: a cursor that was altered, or belongs to another list or company.</summary>
    public const string InvalidCursor = "invalid_cursor";

    /// <summary>400: an Idempotency-Key that is empty, longer than 255 characters or not visible ASCII.</summary>
    public const string InvalidIdempotencyKey = "invalid_idempotency_key";

    /// <summary>400: what this address answers is shown once and cannot be repeated: leave Idempotency-Key out.</summary>
    public const string IdempotencyKeyNotTaken = "idempotency_key_not_taken";

    /// <summary>400: an If-Match that is neither * nor a list of ETags.</summary>
    public const string InvalidPrecondition = "invalid_precondition";

    /// <summary>400: an ADMIN must name the company with X-Company-Id.</summary>
    public const string CompanyRequired = "company_required";

    /// <summary>401: no token, or one that does not hold.</summary>
    public const string Unauthenticated = "unauthenticated";

    /// <summary>401: the password is right, and the login needs the second factor's code, too.</summary>
    public const string SecondFactorRequired = "second_factor_required";

    /// <summary>403: the caller's role may not do this.</summary>
    public const string Forbidden = "forbidden";

    /// <summary>
    /// 403: the company has not activated the module that this belongs to; an ADMIN does that with PUT /api/companies/{id}/modules.
    /// </summary>
    public const string ModuleNotActive = "module_not_active";

    /// <summary>404: there is nothing here that the caller may know of.</summary>
    public const string NotFound = RuleCodes.NotFound;

    /// <summary>405: the address exists, the method does not; Allow lists those that do.</summary>
    public const string MethodNotAllowed = "method_not_allowed";

    /// <summary>406: none of the accepted media types can be made.</summary>
    public const string NotAcceptable = "not_acceptable";

    /// <summary>408: the body came too slowly.</summary>
    public const string RequestTimeout = "request_timeout";

    /// <summary>409: others kept changing the same thing; read it and try again.</summary>
    public const string Conflict = "conflict";

    /// <summary>409: the company's files have no room for another one; an operator can make more.</summary>
    public const string FileQuotaExceeded = "file_quota_exceeded";

    /// <summary>412: If-Match names a version that is no longer the current one.</summary>
    public const string PreconditionFailed = "precondition_failed";

    /// <summary>413: the body is larger than 1 MiB (uploads: 10 MiB).</summary>
    public const string PayloadTooLarge = "payload_too_large";

    /// <summary>415: the body is not application/json.</summary>
    public const string UnsupportedMediaType = "unsupported_media_type";

    /// <summary>422: the input has faults; each is listed with its field and one of the codes of <see cref="FaultCodes"/>.</summary>
    public const string ValidationFailed = "validation_failed";

    /// <summary>422: the Idempotency-Key was used for another command.</summary>
    public const string IdempotencyKeyReused = "idempotency_key_reused";

    /// <summary>428: PUT and PATCH need If-Match with the ETag of what was read.</summary>
    public const string PreconditionRequired = "precondition_required";

    /// <summary>429: too many requests; Retry-After says when.</summary>
    public const string RateLimited = "rate_limited";

    /// <summary>500: our fault; the traceId finds it in the log.</summary>
    public const string InternalError = "internal_error";

    /// <summary>503: the cluster or the store cannot be reached or is busy; Retry-After says when.</summary>
    public const string Unavailable = "unavailable";
}

/// <summary>Codes of single faults in <c>errors</c> of a 422.</summary>
public static class FaultCodes
{
    /// <summary>A field that must be there is missing or null.</summary>
    public const string Required = RuleCodes.Required;

    /// <summary>A field that the request does not have.</summary>
    public const string UnknownField = "unknown_field";

    /// <summary>Another JSON type than the field's.</summary>
    public const string InvalidType = "invalid_type";

    /// <summary>More characters than allowed.</summary>
    public const string TooLong = RuleCodes.TooLong;

    /// <summary>Fewer characters than needed.</summary>
    public const string TooShort = "too_short";

    /// <summary>A number or date outside its bounds.</summary>
    public const string OutOfRange = RuleCodes.OutOfRange;

    /// <summary>A number with more decimals than allowed. The value decides: 1.000 has none.</summary>
    public const string TooManyDecimals = RuleCodes.TooManyDecimals;

    /// <summary>A text that is not the date, time, uuid or e-mail address it should be.</summary>
    public const string InvalidFormat = "invalid_format";

    /// <summary>A text that is none of the values to choose from.</summary>
    public const string InvalidValue = "invalid_value";

    /// <summary>Control characters, NUL, U+FFFE, U+FFFF or half of a surrogate pair.</summary>
    public const string InvalidCharacters = RuleCodes.InvalidCharacters;

    /// <summary>More items than allowed.</summary>
    public const string TooManyItems = "too_many_items";

    /// <summary>Fewer items than needed.</summary>
    public const string TooFewItems = "too_few_items";
}
