namespace Tms.EventStore;

/// <summary>How far each reactor has handled each tenant's log, and the events it could not handle.</summary>
public interface IReactorCursors
{
    /// <summary>
    /// The last sequence under a cursor's name (<see cref="ReactorSet.Cursor"/>); <see cref="CompanySequence.Start"/> when there is none.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The store could not be reached.</exception>
    Task<CompanySequence> Load(string cursor, TenantId tenant, CancellationToken cancel = default);

    /// <summary>
    /// Moves cursors of one tenant forward, all or none; a lower sequence than a stored one, or a place that the log does not have, is
    /// ignored.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The store could not be reached.</exception>
    Task Save(CursorMove move, CancellationToken cancel = default);

    /// <summary>The sets of types under which a reactor has cursors: those of this program and of other releases.</summary>
    /// <exception cref="StoreUnavailableException">The store could not be reached.</exception>
    Task<IReadOnlyList<ReactorSet>> Sets(string reactor, CancellationToken cancel = default);

    /// <summary>
    /// Notes a set with the starts of its types, and where its sweep begins. What is noted already under the same cursor's name stays,
    /// sweep included.
    /// </summary>
    /// <param name="set">The set.</param>
    /// <param name="begins">The sweep's checkpoint in each partition (<see cref="ICheckpoints"/>, under the cursor's name).</param>
    /// <param name="cancel">Cancels the write.</param>
    /// <exception cref="StoreUnavailableException">The store could not be reached.</exception>
    Task Register(ReactorSet set, IReadOnlyDictionary<int, GlobalPosition> begins, CancellationToken cancel = default);

    /// <summary>Tenants with a letter of a reactor that somebody asked to retry.</summary>
    /// <exception cref="StoreUnavailableException">The store could not be reached.</exception>
    Task<IReadOnlyList<TenantId>> Retrying(string reactor, int limit, CancellationToken cancel = default);

    /// <summary>Stores a letter and moves cursors as <see cref="Save"/> does, in one transaction.</summary>
    /// <param name="letter">What was given up.</param>
    /// <param name="move">The cursors that move past its event; null: none, for they have long been there.</param>
    /// <param name="cancel">Cancels the write.</param>
    /// <remarks>
    /// A letter with the same key is replaced, and its wish for a retry ends: one event is at most one letter of a reactor.
    /// </remarks>
    /// <exception cref="StoreUnavailableException">The store could not be reached.</exception>
    Task AddDeadLetter(DeadLetter letter, CursorMove? move, CancellationToken cancel = default);

    /// <summary>Letters in the order of their keys (reactor, tenant, sequence).</summary>
    /// <param name="tenant">Only this tenant's; null: everybody's.</param>
    /// <param name="after">Exclusive; null reads from the start.</param>
    /// <param name="limit">At most this many.</param>
    /// <param name="cancel">Cancels the read.</param>
    Task<IReadOnlyList<DeadLetter>> DeadLetters(TenantId? tenant, DeadLetterKey? after, int limit, CancellationToken cancel = default);

    /// <summary>How many letters there are.</summary>
    /// <param name="tenant">Only this tenant's; null: everybody's.</param>
    /// <param name="cancel">Cancels the read.</param>
    Task<long> CountDeadLetters(TenantId? tenant, CancellationToken cancel = default);

    /// <summary>The letter with an id (<see cref="DeadLetter.Id"/>); null when there is none.</summary>
    Task<DeadLetter?> FindDeadLetter(Guid id, CancellationToken cancel = default);

    /// <summary>
    /// Asks for a letter's event to be handled once more; the reactor does so when it is rung. False when there is no such letter.
    /// </summary>
    Task<bool> RetryDeadLetter(DeadLetterKey key, CancellationToken cancel = default);

    /// <summary>The letters of one reactor and tenant that somebody asked to retry, oldest first.</summary>
    Task<IReadOnlyList<DeadLetter>> Retries(string reactor, TenantId tenant, CancellationToken cancel = default);

    /// <summary>Removes a letter. False when there is no such letter.</summary>
    Task<bool> RemoveDeadLetter(DeadLetterKey key, CancellationToken cancel = default);
}

/// <summary>Names a dead letter.</summary>
/// <param name="Reactor">Who gave up.</param>
/// <param name="Tenant">Whose event.</param>
/// <param name="Sequence">Which event.</param>
public readonly record struct DeadLetterKey(string Reactor, TenantId Tenant, CompanySequence Sequence);

/// <summary>An event that a reactor gave up on. The event itself stays in the log.</summary>
/// <param name="Key">Reactor, tenant and sequence.</param>
/// <param name="EventId">The event's id.</param>
/// <param name="EventType">The event's stable name.</param>
/// <param name="Attempts">How often it was tried, over all retries.</param>
/// <param name="Error">The last failure: type and message, at most <see cref="MaxError"/> characters.</param>
/// <param name="TimeMicros">When the reactor gave up, µs since 1970 UTC.</param>
public sealed record DeadLetter(DeadLetterKey Key, Guid EventId, string EventType, int Attempts, string Error, long TimeMicros)
{
    /// <summary>The longest error text that is kept.</summary>
    public const int MaxError = 2000;

    /// <summary>Names the letter outside: always the same for its event and reactor.</summary>
    public Guid Id => IdOf(EventId, Key.Reactor);

    /// <summary>The id of a reactor's letter of an event; given the letter's id, the event's.</summary>
    internal static Guid IdOf(Guid eventId, string reactor)
    {
        Span<byte> id = stackalloc byte[16];
        Span<byte> hash = stackalloc byte[32];
        eventId.TryWriteBytes(id, bigEndian: true, out _);
        System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(reactor), hash);
        for (var i = 10; i < id.Length; i++) id[i] ^= hash[i];
        return new Guid(id, bigEndian: true);
    }
}
