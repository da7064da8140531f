namespace Tms.Domain.Keys;

/// <summary>A signing key, as the log knows it: only whether it was withdrawn. The key itself is kept beside the log.</summary>
public sealed record KeyState
{
    /// <summary>A key that nobody has withdrawn.</summary>
    public static readonly KeyState Initial = new();

    /// <summary>Its <c>kid</c> as an id.</summary>
    public Guid Id { get; init; }

    /// <summary>Number of events.</summary>
    public int Version { get; init; }

    /// <summary>Whether it was withdrawn: for good.</summary>
    public bool IsWithdrawn => Version > 0;
}
