namespace Tms.EventStore;

/// <summary>How far readers of whole partitions have come. Survives every process.</summary>
public interface ICheckpoints
{
    /// <summary>
    /// The last position that a reader has fully handled in a partition; <see cref="GlobalPosition.Start"/> when it never did.
    /// </summary>
    /// <param name="name">Name of the reader, e.g. a stream provider's.</param>
    /// <param name="partition">0 … <see cref="TenantId.Partitions"/> - 1.</param>
    /// <param name="cancel">Cancels the read.</param>
    /// <exception cref="StoreUnavailableException">The store could not be reached.</exception>
    Task<GlobalPosition> Load(string name, int partition, CancellationToken cancel = default);

    /// <summary>The last positions of a reader in every partition where it has one.</summary>
    /// <exception cref="StoreUnavailableException">The store could not be reached.</exception>
    Task<IReadOnlyDictionary<int, GlobalPosition>> LoadAll(string name, CancellationToken cancel = default);

    /// <summary>Moves a reader forward in some partitions, in one transaction.</summary>
    /// <remarks>Never moves back: a lower position than the stored one is ignored, so a process that was frozen does no harm.</remarks>
    /// <param name="name">Name of the reader.</param>
    /// <param name="positions">Partition → last position handled.</param>
    /// <param name="cancel">Cancels the write; the outcome is then unknown, and harmless.</param>
    /// <exception cref="StoreUnavailableException">The store could not be reached.</exception>
    Task Save(string name, IReadOnlyDictionary<int, GlobalPosition> positions, CancellationToken cancel = default);
}
