namespace Tms.Api.Security;

/// <summary>Which tokens no longer hold although they have not expired. Asked on every request.</summary>
public interface IRevocations
{
    /// <summary>
    /// Whether the caller's token, session or user was revoked after the token was made. Answers from memory, unless this node cannot be
    /// sure of it.
    /// </summary>
    /// <exception cref="EventStore.StoreUnavailableException">This node is not sure, and the store cannot be asked either.</exception>
    ValueTask<bool> IsRevoked(Caller caller, CancellationToken cancel);

    /// <summary>Whether memory alone answers: it was compared with the log lately. Any thread, any number of times.</summary>
    bool IsSure { get; }

    /// <summary>
    /// Ends when this node knows of everything that was committed before the call: whoever changes what somebody may answers after it.
    /// </summary>
    /// <exception cref="EventStore.StoreUnavailableException">The log cannot be read.</exception>
    Task Follow(CancellationToken cancel);
}
