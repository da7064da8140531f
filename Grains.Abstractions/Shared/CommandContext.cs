namespace Tms.Grains.Abstractions.Shared;

/// <summary>Who sends a command, why, and how a repeat of it is recognised.</summary>
/// <param name="CommandId">Made once at the edge (UUID v7); the same in every repeat of one attempt. Ids of events derive from it.</param>
/// <param name="Actor">The user's id, or the name of a reactor or job.</param>
/// <param name="CorrelationId">Follows the request into every event it causes.</param>
[GenerateSerializer, Immutable, Alias("tms.command-context")]
public sealed record CommandContext(
    [property: Id(0)] Guid CommandId,
    [property: Id(1)] string Actor,
    [property: Id(2)] string CorrelationId)
{
    /// <summary>W3C trace context; null when not traced.</summary>
    [Id(3)]
    public string? TraceParent { get; init; }

    /// <summary>The event that a reactor acts on.</summary>
    [Id(4)]
    public Guid? CausationId { get; init; }

    /// <summary>The versions that the caller accepts (If-Match); null: any.</summary>
    [Id(5)]
    public int[]? ExpectedVersions { get; init; }

    /// <summary>SHA-256 over company, caller, method, path and Idempotency-Key; null without a key.</summary>
    [Id(6)]
    public byte[]? KeyHash { get; init; }

    /// <summary>SHA-256 over what the command says; null without a key.</summary>
    [Id(7)]
    public byte[]? KeyFingerprint { get; init; }

    /// <summary>Whether this command id may have been sent before, with an outcome that nobody saw.</summary>
    [Id(8)]
    public bool MayHaveHappened { get; init; }

    /// <summary>Whether nobody is expected to ask for the aggregate next, as after a job's command: it is not kept in memory.</summary>
    [Id(10)]
    public bool Once { get; init; }

    /// <summary>An ADMIN's own company, where another one is acted on.</summary>
    [Id(9)]
    public Guid? ActorCompany { get; init; }
}
