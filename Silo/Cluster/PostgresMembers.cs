using System.Data.Common;
using System.Net;
using Tms.EventStore;
using Tms.Grains.Abstractions.Cluster;

namespace Tms.Silo.Cluster;

/// <summary>The members of a cluster on PostgreSQL: a look at the table that our own script gives to Orleans.</summary>
internal sealed class PostgresMembers(IDatabase database, SiloOptions options, ILocalSiloDetails? silo = null) : ISiloMembers
{
    private const string Sql = """
        select address, port, generation, silo_name, host_name, status, start_time, alive_time
        from orleans_member where deployment_id = @cluster
        order by status = @dead, start_time desc limit @most
        """;

    /// <inheritdoc />
    public SiloAddress? Own => silo?.SiloAddress;

    /// <inheritdoc />
    public async Task<IReadOnlyList<SiloMember>> All(CancellationToken cancel) =>
        await database.Query(Sql, Map, cancel, ("cluster", options.ClusterId), ("dead", (int)SiloStatus.Dead), ("most", ISiloMembers.Most));

    private static SiloMember Map(DbDataReader row) => new(
        SiloAddress.New(IPAddress.Parse(row.GetString(0)), row.GetInt32(1), row.GetInt32(2)),
        row.GetString(3), row.GetString(4), (SiloStatus)row.GetInt32(5), row.GetFieldValue<DateTimeOffset>(6),
        row.GetFieldValue<DateTimeOffset>(7));
}
