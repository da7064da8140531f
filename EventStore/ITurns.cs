namespace Tms.EventStore;

/// <summary>Chooses the process of the cluster that does work of which one at a time is enough.</summary>
/// <remarks>
/// A turn saves work and guards nothing: a process that was frozen may go on for a moment beside its successor.
/// The work must therefore bear being done twice.
/// </remarks>
public interface ITurns
{
    /// <summary>Takes the turn if no other process has it, and keeps it.</summary>
    /// <remarks>It ends when this process begins to stop, or is silent for <see cref="EventStoreOptions.TurnTimeout"/>.</remarks>
    /// <param name="work">Stable name, as metrics and logs show it: <c>read-model-keeper</c>.</param>
    /// <param name="kind">Tells releases apart that do the work in different ways: each kind has a turn of its own.</param>
    /// <param name="cancel">Cancels the question.</param>
    /// <returns>Whether this process has the turn. Never waits for one.</returns>
    /// <exception cref="StoreUnavailableException">The database could not be reached.</exception>
    ValueTask<bool> Try(string work, string kind, CancellationToken cancel);
}
