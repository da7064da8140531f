using System.Data;
using Npgsql;
using NpgsqlTypes;
using Tms.EventStore.Heads;
using Tms.EventStore.Lanes;
using Tms.EventStore.Rebuild;

namespace Tms.EventStore.Postgres;

/// <summary>Changes read models on a session whose transaction holds the partition's lock.</summary>
/// <param name="session">A session of a lane, or one like it.</param>
/// <param name="limit">
/// Seconds that a statement may take, where the session's own limit is too short; a lane's session keeps its own.
/// </param>
internal sealed class PostgresCoverSession(NpgsqlConnection session, int? limit = null) : ICoverSession
{
    private const int RowsPerPart = 1000;

    private const string Stored = """
        select t.sequence, t.models, (select string_agg(h.model || '=' || h.sequence, ' ') from projection_heads h where h.tenant =
          t.tenant)
        from tenants t where t.tenant = $1
        """;

    private const string SaveHeads = "insert into projection_heads (tenant, model, sequence) select $1, * from unnest($2, $3)";

    public async Task<Exception?> Try(Func<Task> change, CancellationToken cancel)
    {
        await Run("savepoint change", cancel);
        try
        {
            await change();
            await Run("release savepoint change", cancel);
            return null;
        }
        catch (Exception e) when (e is not OutOfMemoryException && !cancel.IsCancellationRequested
            && session.FullState == ConnectionState.Open)
        {
            await Run("rollback to savepoint change", cancel);
            return e;
        }
    }

    public async Task<(long Head, TenantModels Models)?> Load(TenantId tenant, CancellationToken cancel)
    {
        await using var command = Command(Stored, Tenant(tenant));
        await using var reader = await command.ExecuteReaderAsync(cancel);
        return await reader.ReadAsync(cancel)
            ? (reader.GetInt64(0), TenantModels.Parse(reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2)))
            : null;
    }

    public async Task Save(TenantId tenant, TenantModels models, CancellationToken cancel)
    {
        await Run(
            "update tenants set models = $2 where tenant = $1", cancel, Tenant(tenant),
            new NpgsqlParameter<string> { TypedValue = models.Text });
        await Run("delete from projection_heads where tenant = $1", cancel, Tenant(tenant));
        await Run(SaveHeads, cancel, Tenant(tenant),
            PostgresSql.Array([.. models.Heads.Keys.Select(m => m.ToString())], NpgsqlDbType.Text),
            PostgresSql.Array([.. models.Heads.Values], NpgsqlDbType.Bigint));
    }

    public Task<IReadOnlyList<object?[]>> Rows(ReadModelTable table, TenantId tenant, Guid[] ids, CancellationToken cancel) => Rows(
        table, PostgresSql.SelectRows(table), cancel,
        PostgresSql.Array(System.Array.ConvertAll(ids, _ => tenant.Value), NpgsqlDbType.Uuid), PostgresSql.Array(ids, NpgsqlDbType.Uuid));

    public Task<IReadOnlyList<object?[]>> Rows(ReadModelTable table, TenantId tenant, IdRange ids, CancellationToken cancel) => Rows(
        table, PostgresSql.SelectRange(table, ids), cancel, Tenant(tenant),
        new NpgsqlParameter<Guid> { TypedValue = ids.After ?? default }, new NpgsqlParameter<Guid> { TypedValue = ids.To ?? default });

    public async Task Remove(ReadModelTable table, IReadOnlyList<object?[]> rows, CancellationToken cancel)
    {
        foreach (var part in rows.Chunk(RowsPerPart))
        {
            await Run(PostgresSql.DeleteKeys(table), cancel,
                [.. table.Columns.Take(table.KeyColumns).Select((c, i) => PostgresSql.Column(part, i, c.Type))]);
        }
    }

    public Task Clear(string table, TenantId tenant, CancellationToken cancel) =>
        Run($"delete from {table} where tenant = $1", cancel, Tenant(tenant));

    public async Task Write(InlineModels models, BatchPlan plan, CancellationToken limit, CancellationToken cancel)
    {
        var writer = new PostgresPlanWriter(models);
        foreach (var slice in plan.Slices(RowsPerPart))
        {
            limit.ThrowIfCancellationRequested();
            await writer.WriteModels(session, slice, cancel);
        }
    }

    private async Task<IReadOnlyList<object?[]>> Rows(
        ReadModelTable table, string sql, CancellationToken cancel, params NpgsqlParameter[] parameters)
    {
        await using var command = Command(sql, parameters);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var rows = new List<object?[]>();
        while (await reader.ReadAsync(cancel))
        {
            rows.Add(PostgresSql.ReadRow(reader, table));
        }

        return rows;
    }

    private async Task Run(string sql, CancellationToken cancel, params NpgsqlParameter[] parameters)
    {
        await using var command = Command(sql, parameters);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private NpgsqlCommand Command(string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlCommand(sql, session);
        if (limit is { } seconds) command.CommandTimeout = seconds;
        command.Parameters.AddRange(parameters);
        return command;
    }

    private static NpgsqlParameter Tenant(TenantId tenant) => new NpgsqlParameter<Guid> { TypedValue = tenant.Value };
}
