using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.Extensions.Primitives;

namespace Tms.Api.Http;

/// <summary>A PUT or PATCH of v2 that needs no If-Match: work done without coverage that arrives later.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NoPreconditionAttribute : Attribute;

/// <summary>
/// A POST whose answer is shown once: a repeat could not get it again, so that it takes no Idempotency-Key (contract, section 3).
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ShownOnceAttribute : Attribute;

/// <summary>The conditions under which a write is asked for: If-Match and Idempotency-Key, read before the action runs.</summary>
internal static class Conditions
{
    private const string KeyHeader = "Idempotency-Key";
    private const int MaxKeyLength = 255;
    private static readonly PathString Auth = new("/api/auth");
    private static readonly PathString Refresh = new("/api/auth/refresh");

    /// <summary>Notes the conditions on the facts; a problem where one is missing or cannot be read.</summary>
    public static Problem? Read(HttpRequest request, RequestFacts facts, Endpoint endpoint)
    {
        var method = request.Method;
        if (HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || !facts.IsVersioned) return null;
        return ReadVersions(request.Headers.IfMatch, facts) ?? ReadKey(request, facts, endpoint) ?? Missing(method, facts, endpoint);
    }

    private static Problem? ReadVersions(StringValues header, RequestFacts facts)
    {
        if (header.Count == 0) return null;
        if (!ETags.TryParse(header, out var versions))
            return new Problem(400, ErrorCodes.InvalidPrecondition, "If-Match must be * or a list of ETags such as \"12\".");
        facts.ExpectedVersions = versions;
        facts.HasPrecondition = true;
        return null;
    }

    private static Problem? ReadKey(HttpRequest request, RequestFacts facts, Endpoint endpoint)
    {
        if (!HttpMethods.IsPost(request.Method) || !TakesKeys(request.Path) || !request.Headers.TryGetValue(KeyHeader, out var header))
            return null;
        if (header is not [{ Length: > 0 and <= MaxKeyLength } key] || key.AsSpan().ContainsAnyExcept(CorrelationIds.Visible))
            return new Problem(400, ErrorCodes.InvalidIdempotencyKey, "Idempotency-Key must be 1 to 255 visible ASCII characters.");
        if (endpoint.Metadata.GetMetadata<ShownOnceAttribute>() is not null)
            return new Problem(
                400, ErrorCodes.IdempotencyKeyNotTaken, "The answer is shown once and cannot be repeated: leave Idempotency-Key out.");
        facts.IdempotencyKey = key;
        return null;
    }

    // A key keeps a fingerprint of the body for good: of one with a password it would be a hash that is quickly guessed.
    // A refresh keeps none: its key only names the successor of a token.
    internal static bool TakesKeys(PathString path) =>
        !path.StartsWithSegments(Auth, StringComparison.OrdinalIgnoreCase)
            || path.StartsWithSegments(Refresh, StringComparison.OrdinalIgnoreCase);

    private static Problem? Missing(string method, RequestFacts facts, Endpoint endpoint)
    {
        if (facts.Major != 2 || facts.HasPrecondition || !(HttpMethods.IsPut(method) || HttpMethods.IsPatch(method))) return null;
        if (endpoint.Metadata.GetMetadata<NoPreconditionAttribute>() is not null
            || endpoint.Metadata.GetMetadata<ControllerActionDescriptor>() is null) return null;
        return new Problem(428, ErrorCodes.PreconditionRequired, "Send If-Match with the ETag of what you read.");
    }
}
