using Tms.Grains.Abstractions.Shared;

namespace Tms.Api.Security;

/// <summary>Commands that change what somebody may.</summary>
internal static class ChangedAccess
{
    /// <summary>
    /// The outcome of such a command, told only when this node heeds it: the next request here is judged by it, on other nodes within a
    /// second.
    /// </summary>
    /// <exception cref="EventStore.StoreUnavailableException">
    /// It may be done, and this node cannot follow it now: send it again.
    /// </exception>
    public static async Task<Outcome<TView>> Heeding<TView>(
        this IRevocations revocations, Task<Outcome<TView>> command, CancellationToken cancel)
        where TView : class
    {
        var outcome = await command;
        if (outcome.Kind is OutcomeKind.Done or OutcomeKind.Replayed) await revocations.Follow(cancel);
        return outcome;
    }
}
