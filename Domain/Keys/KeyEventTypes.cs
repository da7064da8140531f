using Tms.Domain.Shared;

namespace Tms.Domain.Keys;

/// <summary>The events of signing keys by stable name: nodes follow them, nobody sees them.</summary>
public static class KeyEventTypes
{
    /// <summary>Name of <see cref="SigningKeyWithdrawn"/>; its stream is named after the key.</summary>
    public const string Withdrawn = "SIGNING_KEY_WITHDRAWN";

    internal static IReadOnlyList<EventType> All { get; } = [EventType.Of(Withdrawn, 1, KeyJson.Default.SigningKeyWithdrawn)];
}
