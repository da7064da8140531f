namespace Tms.EventStore.Blobs;

/// <summary>
/// Files beside the log: receipts, photos, documents.
/// Written first, named by an event that commits afterwards (<see cref="AppendUnit.Blobs"/>).
/// </summary>
/// <remarks>
/// A file is known by the SHA-256 of its plain bytes, within its owner. The same bytes are kept once per owner.
/// No call holds more than a piece of a file (<see cref="PieceSize"/>) in memory, however large the file is.
/// </remarks>
public interface IBlobStore
{
    /// <summary>Bytes of a piece: 256 KiB. The last piece of a file may be shorter.</summary>
    const int PieceSize = 256 << 10;

    /// <summary>Stores a file. Where it fails, the content's stream among the reasons, nothing of it can be seen.</summary>
    /// <param name="owner">Whose it will be.</param>
    /// <param name="mediaType">What it is, e.g. <c>image/jpeg</c>; at most 100 characters.</param>
    /// <param name="content">Read to its end, but not further than a file may be long. Not disposed.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="StoreUnavailableException">The store could not be reached.</exception>
    Task<BlobPut> Put(BlobOwner owner, string mediaType, Stream content, CancellationToken cancel = default);

    /// <summary>What is known of a file; null where the owner has none with this hash, or is a person who was erased.</summary>
    /// <exception cref="StoreUnavailableException">The store could not be reached.</exception>
    Task<Blob?> Find(BlobAddress address, CancellationToken cancel = default);

    /// <summary>A file's bytes, piece by piece. Each piece is valid until the next one is asked for.</summary>
    /// <remarks>The last piece comes only after the hash of all has been found right.</remarks>
    /// <exception cref="BlobGoneException">There is none, or it went while it was read.</exception>
    /// <exception cref="InvalidDataException">What is stored is not what the address says.</exception>
    /// <exception cref="StoreUnavailableException">The store could not be reached.</exception>
    IAsyncEnumerable<ReadOnlyMemory<byte>> Read(BlobAddress address, CancellationToken cancel = default);

    /// <summary>Every file of an owner, in the order of the hashes; read as it is enumerated. None of a person who was erased.</summary>
    /// <exception cref="StoreUnavailableException">The store could not be reached.</exception>
    IAsyncEnumerable<Blob> Of(BlobOwner owner, CancellationToken cancel = default);

    /// <summary>Removes every file of a person, named or not: for those who are erased, once their key is destroyed.</summary>
    /// <returns>How many there were.</returns>
    /// <exception cref="StoreUnavailableException">The store could not be reached; it may be done again.</exception>
    Task<int> Forget(TenantId tenant, Guid person, CancellationToken cancel = default);
}

/// <summary>There is no such file, or not any more.</summary>
public sealed class BlobGoneException(string message) : Exception(message);
