namespace Tms.EventStore.Blobs;

/// <summary>Whose a blob is: a company's, or a person's of that company.</summary>
/// <remarks>A person's blobs are sealed with the person's key: destroying the key erases them.</remarks>
/// <param name="Tenant">The company.</param>
/// <param name="Person">The person; <see cref="Guid.Empty"/>: the company itself.</param>
public readonly record struct BlobOwner(TenantId Tenant, Guid Person)
{
    /// <summary>The company itself.</summary>
    public static BlobOwner Company(TenantId tenant) => new(tenant, Guid.Empty);

    /// <summary>Whether it is a person, with a key.</summary>
    public bool IsPerson => Person != Guid.Empty;
}

/// <summary>Where a blob is found. The same bytes of two owners are two blobs.</summary>
/// <param name="Owner">Whose.</param>
/// <param name="Hash">What.</param>
public readonly record struct BlobAddress(BlobOwner Owner, BlobHash Hash);

/// <summary>A stored file.</summary>
/// <param name="Address">Where it is found.</param>
/// <param name="Size">Bytes.</param>
/// <param name="MediaType">What the first one to store it said that it is, e.g. <c>image/jpeg</c>.</param>
/// <param name="StoredAt">When it was stored first, UTC.</param>
public sealed record Blob(BlobAddress Address, long Size, string MediaType, DateTimeOffset StoredAt);
