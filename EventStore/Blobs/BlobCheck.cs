using System.Data.Common;
using System.Runtime.CompilerServices;

namespace Tms.EventStore.Blobs;

/// <summary>Reads a tenant's files anew and says whether each is what its address says. May run beside a working system.</summary>
public sealed class BlobCheck(IDatabase database, IBlobStore blobs)
{
    private const int PageSize = 200;
    private const string Page = """
        select owner, hash, key is null from blobs
        where tenant = @tenant and hash is not null and (owner, hash) > (@owner, @after) order by owner, hash limit @limit
        """;

    private const string Totals = """
        select t.tenant, count(b.id), coalesce(sum(b.size), 0), max(t.bytes), sum(case when b.look_us is null then 0 else 1 end)
        from blob_totals t left join blobs b on b.tenant = t.tenant and b.hash is not null group by t.tenant order by t.tenant
        """;

    /// <summary>What each tenant with files has.</summary>
    /// <exception cref="StoreUnavailableException">The store could not be reached.</exception>
    public async Task<IReadOnlyList<BlobTotal>> Tenants(CancellationToken cancel) => await database.Query(
        Totals, Total, cancel);

    /// <summary>What is wrong with a tenant's files: a line for each that is damaged; read as it is enumerated.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="sealedToo">
    /// Whether the files of persons are opened, which takes the master key. Those of the erased are left out.
    /// </param>
    /// <param name="cancel">Cancels the walk.</param>
    public async IAsyncEnumerable<string> Faults(TenantId tenant, bool sealedToo, [EnumeratorCancellation] CancellationToken cancel)
    {
        var (owner, after) = (Guid.Empty, Array.Empty<byte>());
        for (var more = true; more;)
        {
            var page = await database.Query(Page, Read, cancel,
                ("tenant", tenant.Value), ("owner", owner), ("after", after), ("limit", PageSize));
            foreach (var (person, hash, plain) in page)
            {
                if ((plain || sealedToo) && await Fault(new(new(tenant, person), BlobHash.Of(hash)), cancel) is { } fault)
                    yield return fault;
            }

            more = page.Count == PageSize;
            if (more) (owner, after, _) = page[^1];
        }
    }

    private async Task<string?> Fault(BlobAddress address, CancellationToken cancel)
    {
        try
        {
            await foreach (var _ in blobs.Read(address, cancel))
            {
            }

            return null;
        }
        catch (InvalidDataException e)
        {
            return e.Message;
        }
        catch (BlobGoneException e)
        {
            // Swept meanwhile, or of a person who was erased: then it cannot be found either.
            return await blobs.Find(address, cancel) is null ? null : e.Message;
        }
    }

    // PostgreSQL sums to a numeric.
    private static BlobTotal Total(DbDataReader r) =>
        new(new(r.GetGuid(0)), r.GetInt64(1), Convert.ToInt64(r.GetValue(2), null), r.GetInt64(3), r.GetInt64(4));

    private static (Guid Owner, byte[] Hash, bool Plain) Read(DbDataReader r) =>
        (r.GetGuid(0), r.GetFieldValue<byte[]>(1), r.GetBoolean(2));
}

/// <summary>What a tenant has of files.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Files">How many.</param>
/// <param name="Bytes">How much they are together.</param>
/// <param name="Counted">What the quota counts: the same, else something is wrong.</param>
/// <param name="Unnamed">How many of them nothing may name.</param>
public sealed record BlobTotal(TenantId Tenant, long Files, long Bytes, long Counted, long Unnamed);
