using Microsoft.Data.Sqlite;
using Tms.EventStore.Blobs;

namespace Tms.EventStore.Sqlite;

/// <summary>Writes, inside the open transaction, which streams name which blobs.</summary>
internal static class SqliteBlobUses
{
    private const string Insert =
        "insert into blob_uses (tenant, owner, hash, stream_type, stream_id) values ($1, $2, $3, $4, $5) on conflict do nothing";
    private const string Delete =
        "delete from blob_uses where tenant = $1 and owner = $2 and hash = $3 and stream_type = $4 and stream_id = $5";

    // The sweeper looks soon; a look that is due later stays.
    private const string Look = "update blobs set look_us = coalesce(look_us, 0) where tenant = $1 and owner = $2 and hash = $3";

    /// <exception cref="SqliteException">A blob that is named is not there (19).</exception>
    public static void Write(SqliteConnection session, IEnumerable<BlobUse> uses)
    {
        foreach (var use in uses)
        {
            var (owner, hash) = (use.Blob.Owner, use.Blob.Hash.ToBytes());
            var changed = session.Run(use.Ends ? Delete : Insert, owner.Tenant.Value, owner.Person, hash, use.Stream.Type, use.Stream.Id);
            if (use.Ends && changed > 0) session.Run(Look, owner.Tenant.Value, owner.Person, hash);
        }
    }
}
