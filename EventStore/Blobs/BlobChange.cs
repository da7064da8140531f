using System.Data.Common;

namespace Tms.EventStore.Blobs;

/// <summary>An open transaction that takes files of one tenant away.</summary>
internal sealed class BlobChange(DbConnection connection, DbTransaction transaction, Guid tenant, CancellationToken cancel)
{
    private const string Total = "update blob_totals set bytes = bytes - @bytes where tenant = @tenant";

    public Task<int> Run(string sql, params (string, object?)[] parameters) => connection.Execute(sql, transaction, cancel, parameters);

    public Task<List<T>> Read<T>(string sql, Func<DbDataReader, T> map, params (string, object?)[] parameters) =>
        connection.Read(sql, map, cancel, parameters);

    public Task<int> Subtract(long bytes) => Run(Total, ("bytes", bytes), ("tenant", tenant));
}
