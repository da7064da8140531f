using Microsoft.Data.Sqlite;
using Tms.EventStore.Heads;
using Tms.EventStore.Lanes;
using Tms.EventStore.Rebuild;

namespace Tms.EventStore.Sqlite;

/// <summary>Changes read models in a write transaction.</summary>
internal sealed class SqliteCoverSession(SqliteConnection session) : ICoverSession
{
    /// <summary>Where a tenant's log ends and how far its read models are.</summary>
    public const string Stored = """
        select sequence, models, (select group_concat(h.model || '=' || h.sequence, ' ') from projection_heads h where h.tenant =
          tenants.tenant)
        from tenants where tenant = $1
        """;

    public static TenantModels Models(SqliteDataReader reader) =>
        TenantModels.Parse(reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2));

    public async Task<Exception?> Try(Func<Task> change, CancellationToken cancel)
    {
        session.Run("savepoint change");
        try
        {
            await change();
            session.Run("release change");
            return null;
        }
        catch (Exception e) when (e is not OutOfMemoryException && !cancel.IsCancellationRequested)
        {
            session.Run("rollback to change");
            return e;
        }
    }

    public Task<(long Head, TenantModels Models)?> Load(TenantId tenant, CancellationToken cancel)
    {
        var stored = session.All(Stored, r => (r.GetInt64(0), Models(r)), tenant.Value);
        return Task.FromResult<(long, TenantModels)?>(stored.Count > 0 ? stored[0] : null);
    }

    public Task Save(TenantId tenant, TenantModels models, CancellationToken cancel)
    {
        session.Run("update tenants set models = $2 where tenant = $1", tenant.Value, models.Text);
        session.Run("delete from projection_heads where tenant = $1", tenant.Value);
        foreach (var (model, sequence) in models.Heads)
        {
            session.Run(
                "insert into projection_heads (tenant, model, sequence) values ($1, $2, $3)", tenant.Value, model.ToString(), sequence);
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<object?[]>> Rows(ReadModelTable table, TenantId tenant, Guid[] ids, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<object?[]>>(
            [.. ids.SelectMany(id => session.All(SqliteRow.Select(table), r => SqliteRow.Read(r, table), tenant.Value, id))]);

    public Task<IReadOnlyList<object?[]>> Rows(ReadModelTable table, TenantId tenant, IdRange ids, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<object?[]>>(
            session.All(SqliteRow.SelectRange(table, ids), r => SqliteRow.Read(r, table), tenant.Value, ids.After, ids.To));

    public Task Remove(ReadModelTable table, IReadOnlyList<object?[]> rows, CancellationToken cancel)
    {
        foreach (var row in rows)
        {
            session.Run(SqliteRow.Delete(table), row[..table.KeyColumns]);
        }

        return Task.CompletedTask;
    }

    public Task Clear(string table, TenantId tenant, CancellationToken cancel)
    {
        session.Run($"delete from {table} where tenant = $1", tenant.Value);
        return Task.CompletedTask;
    }

    public Task Write(InlineModels models, BatchPlan plan, CancellationToken limit, CancellationToken cancel)
    {
        limit.ThrowIfCancellationRequested();
        new SqlitePlanWriter(models).WriteModels(session, plan);
        return Task.CompletedTask;
    }
}
