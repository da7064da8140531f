using Tms.Api.Security;
using Tms.EventStore;

namespace Tms.Api.Http;

/// <summary>What the edge has found out about a request before its action runs. One object per request, on its features.</summary>
public sealed class RequestFacts
{
    /// <summary>The caller's X-Correlation-ID, or one made here.</summary>
    public required string CorrelationId { get; init; }

    /// <summary>The path as the caller wrote it, with its version.</summary>
    public required PathString Path { get; init; }

    /// <summary>The part of the path that a proxy in front took away, as it says; empty: none.</summary>
    public PathString PathBase { get; init; }

    /// <summary>The clock of the process.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Whether the caller asked with HEAD: the answer goes out without its body, which then need not be made.</summary>
    public bool IsHead { get; init; }

    /// <summary>Whether the path lies under /api, where versions apply.</summary>
    public bool IsVersioned { get; set; }

    /// <summary>Major version that serves the request: 1 or 2; 0 until it is known.</summary>
    public int Major { get; set; }

    /// <summary>The vendor media type that the answer was asked for with; null: application/json.</summary>
    public string? VendorType { get; set; }

    /// <summary>Who calls; null while nobody is authenticated.</summary>
    public Caller? Caller { get; set; }

    /// <summary>
    /// Why nobody can say now whether the caller's token holds; null where that is known. Who needs no caller need not care.
    /// </summary>
    public Exception? Doubt { get; set; }

    /// <summary>The company acted on, or the platform; null where nobody is authenticated.</summary>
    public TenantId? Tenant { get; set; }

    /// <summary>Versions named by If-Match; null: any.</summary>
    public int[]? ExpectedVersions { get; set; }

    /// <summary>Whether If-Match was sent, <c>*</c> included.</summary>
    public bool HasPrecondition { get; set; }

    /// <summary>The Idempotency-Key of a POST; null without one.</summary>
    public string? IdempotencyKey { get; set; }

    /// <summary>SHA-256 of the body's canonical form; null where no key asked for it.</summary>
    public byte[]? BodyFingerprint { get; set; }

    /// <summary>Words of the old system for what the body says.</summary>
    internal OldWords OldWords { get; set; } = OldWords.None;

    /// <summary>Whether the answer is in the words of the old system.</summary>
    public bool IsV1 => IsVersioned && Major == 1;

    /// <summary>The content type of a JSON answer.</summary>
    public string AnswerType => VendorType ?? "application/json";
}

/// <summary>Finds the facts of a request.</summary>
public static class RequestFactsExtensions
{
    /// <summary>The facts of the request; the edge puts them there before anything else runs.</summary>
    public static RequestFacts Facts(this HttpContext context) =>
        context.Features.Get<RequestFacts>() ?? throw new InvalidOperationException("UseTmsApi must come first in the pipeline.");
}
