using Tms.Domain.Shared;

namespace Tms.Domain.Keys;

/// <summary>A signing key, as the log knows it: only whether it was withdrawn. The key itself is kept beside the log.</summary>
public sealed record KeyState : AggregateState
{
    /// <summary>Whether it was withdrawn: for good.</summary>
    public bool IsWithdrawn => Version > 0;
}
