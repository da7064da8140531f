using Microsoft.Data.Sqlite;
using Tms.EventStore.Lanes;

namespace Tms.EventStore.Sqlite;

/// <summary>Writes a plan inside the open transaction.</summary>
internal sealed class SqlitePlanWriter(InlineModels models)
{
    /// <summary>Answers the position of each event.</summary>
    public List<GlobalPosition> Write(SqliteConnection session, BatchPlan plan)
    {
        var positions = plan.Events.ConvertAll(e => Insert(session, e));

        foreach (var head in plan.Heads.Values)
        {
            session.Run("""
                insert into tenants (tenant, sequence, hash, time_us, models) values ($1, $2, $3, $4, $5)
                on conflict (tenant) do update set sequence = $2, hash = $3, time_us = $4, models = $5
                """,
                head.Tenant.Value, head.Sequence.Value, head.Hash, head.TimeMicros,
                plan.Marks.GetValueOrDefault(head.Tenant)?.Models ?? models.Names);
        }

        foreach (var (tenant, model, head) in plan.Marks.SelectMany(m => m.Value.Leaving, (m, model) => (m.Key, model, m.Value.Head)))
        {
            session.Run(
                "insert into projection_heads (tenant, model, sequence) values ($1, $2, $3) on conflict (tenant, model) do update set "
                    + "sequence = $3",
                tenant.Value, model.ToString(), head);
        }

        WriteAside(session, plan);
        WriteModels(session, plan);
        return positions;
    }

    private static GlobalPosition Insert(SqliteConnection session, RecordedEvent e)
    {
        const string sql = """
            insert into events (tenant, sequence, partition, stream_type, stream_id, version, event_id, type, schema_version, time_us,
              data, metadata, hash)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) returning position
            """;
        return session.All(sql, r => new GlobalPosition(r.GetInt64(0)),
            e.Tenant.Value, e.Sequence.Value, e.Tenant.Partition, e.Stream.Type, e.Stream.Id, e.Version.Value, e.Id, e.Type,
            e.SchemaVersion, e.TimeMicros,
            e.Data, e.Metadata, e.Hash)[0];
    }

    private static void WriteAside(SqliteConnection session, BatchPlan plan)
    {
        foreach (var (tenant, key, c) in plan.Commands)
        {
            session.Run("insert into commands (tenant, key, fingerprint, stream_type, stream_id, version) values ($1, $2, $3, $4, $5, $6)",
                tenant.Value, key, c.Fingerprint, c.Stream.Type, c.Stream.Id, c.Version.Value);
        }

        plan.About.ForEach(
            a => session.Run(
                "insert into person_events (tenant, person, sequence) values ($1, $2, $3)", a.Tenant.Value, a.Person, a.Sequence));
        plan.Releases.ForEach(
            r => session.Run(
                "delete from reservations where scope = $1 and value = $2 and tenant = $3 and owner = $4", r.Scope, r.Value, r.Tenant.Value,
                r.Owner));
        plan.Reservations.ForEach(
            r => session.Run(
                "insert into reservations (scope, value, tenant, owner) values ($1, $2, $3, $4)", r.Scope, r.Value, r.Tenant.Value,
                r.Owner));
        foreach (var ((tenant, series), value) in plan.Counters)
        {
            session.Run(
                "insert into counters (tenant, series, value) values ($1, $2, $3) on conflict (tenant, series) do update set value = $3",
                tenant.Value, series, value);
        }

        foreach (var s in plan.Secrets.Values)
        {
            session.Run(s.Value is null
                ? "delete from secrets where tenant = $1 and subject = $2 and kind = $3"
                : "insert into secrets (tenant, subject, kind, value) values ($1, $2, $3, $4) on conflict (tenant, subject, kind) do "
                    + "update set value = $4",
                s.Value is null ? [s.Tenant.Value, s.Subject, s.Kind] : [s.Tenant.Value, s.Subject, s.Kind, s.Value]);
        }

        SqliteBlobUses.Write(session, plan.Blobs.Values);
        SqliteSnapshots.Write(session, plan.Snapshots.Values);

        foreach (var c in plan.Cursors.Values)
        {
            session.Run(
                "insert into reactor_cursors (reactor, tenant, sequence) values ($1, $2, $3) on conflict (reactor, tenant) do update set "
                    + "sequence = $3 where sequence < $3",
                c.Reactor, c.Tenant.Value, c.Sequence.Value);
        }
    }

    /// <summary>Writes a plan's read models.</summary>
    public void WriteModels(SqliteConnection session, BatchPlan plan)
    {
        for (var i = 0; i < models.Projections.Count; i++)
        {
            var table = models.Projections[i].Table;
            foreach (var (tenant, id) in plan.Removed[i])
            {
                session.Run($"delete from {table.Name} where tenant = $1 and {table.Columns[1].Name} = $2", tenant.Value, id);
            }

            foreach (var row in plan.Rows[i].Values.OfType<object?[]>())
            {
                session.Run($"insert into {Values(table)} {ConflictSql.Replaces(table)}", row);
            }
        }

        for (var i = 0; i < models.Entries.Count; i++)
        {
            var insert = models.Entries[i].Repetition == Repetition.OneRow ? "insert or ignore into" : "insert into";
            plan.Entries[i].ForEach(row => session.Run($"{insert} {Values(models.Entries[i].Table)}", row));
        }

        for (var i = 0; i < models.Parts.Count; i++)
        {
            WriteParts(session, models.Parts[i].Table, plan.Parts[i]);
        }

        for (var i = 0; i < models.Tallies.Count; i++)
        {
            foreach (var row in plan.Tallies[i].All)
            {
                AddTally(session, models.Tallies[i].Table, row);
            }
        }
    }

    // What goes does so first: a row may take the place of another.
    private static void WriteParts(SqliteConnection session, ReadModelTable table, PartRows rows)
    {
        foreach (var (tenant, id) in rows.Emptied)
        {
            session.Run($"delete from {table.Name} where tenant = $1 and {table.Stream} = $2", tenant.Value, id);
        }

        foreach (var key in rows.Gone)
        {
            session.Run(SqliteRow.Delete(table), key[..table.KeyColumns]);
        }

        foreach (var row in rows.There)
        {
            session.Run($"insert into {Values(table)}", row);
        }
    }

    // A sum beyond 64 bits is no error to SQLite: it would silently become a floating-point number.
    private static void AddTally(SqliteConnection session, ReadModelTable table, object?[] row)
    {
        var whole = string.Join(" and ", table.Columns.Skip(table.KeyColumns).Select(c => $"typeof({c.Name}) = 'integer'"));
        if (!session.All($"insert into {Values(table)} {ConflictSql.Adds(table)} returning {whole}", r => r.GetBoolean(0), row)[0])
        {
            throw new OverflowException($"{table.Name}: a sum is too large.");
        }
    }

    private static string Values(ReadModelTable table) =>
        $"{table.Name} ({string.Join(", ", table.Columns.Select(c => c.Name))}) values "
            + $"({string.Join(", ", table.Columns.Select((_, n) => $"${n + 1}"))})";
}
