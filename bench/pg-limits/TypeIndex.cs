using System.Diagnostics;
using Npgsql;
using NpgsqlTypes;

/// <summary>
/// What the index of event types costs an append: the log's own table with and without it, filled alike, written in turns on one session.
/// </summary>
internal sealed class TypeIndex(NpgsqlConnection session, int filled, int rounds)
{
    private const int Tenants = 50, Types = 40;
    private static readonly string[] Sides = ["without", "indexed"];
    private readonly Guid[] _tenants = [.. Enumerable.Range(0, Tenants).Select(_ => Guid.CreateVersion7())];
    private readonly Random _random = new(7);
    private long _sequence = filled;

    /// <summary>Makes both tables from the product's script, fills them, and writes batches of each size in turns.</summary>
    public async Task Measure(string script, IReadOnlyList<int> batches)
    {
        foreach (var side in Sides) await Make(side, await File.ReadAllTextAsync(script));
        await Run(
            "create index events_type on indexed.events (tenant, type, position); vacuum analyze; checkpoint; set synchronous_commit = "
                + "off");
        foreach (var batch in batches)
        {
            var times = Sides.ToDictionary(side => side, _ => new List<double>());
            var log = Sides.ToDictionary(side => side, _ => 0L);
            for (var round = 0; round < rounds; round++)
            {
                foreach (var side in round % 2 == 0 ? Sides : Sides.Reverse())
                {
                    var before = await LogBytes();
                    times[side].Add(await Append(side, batch));
                    log[side] += await LogBytes() - before;
                }
            }

            foreach (var side in Sides)
            {
                times[side].Sort();
                Console.WriteLine($"{batch,4} events a transaction, {side,-8} median {times[side][rounds / 2] / batch,7:F1} µs/event, "
                    + $"{(double)log[side] / rounds / batch,7:F0} bytes of WAL/event");
            }
        }

        Console.WriteLine(await Size());
    }

    private async Task Make(string side, string script)
    {
        await Run($"drop schema if exists {side} cascade; create schema {side}; set search_path = {side}; {script}");
        await Run($"""
            insert into events (tenant, sequence, partition, stream_type, stream_id, version, event_id, type, schema_version, time_us,
              data, metadata, hash)
            select ('{"{"}{string.Join(',', _tenants)}{"}"}'::uuid[])[1 + n % {Tenants}], n, n % 32, 'invoices', gen_random_uuid(), 1,
              gen_random_uuid(),
                   'TYPE_' || (random() * {Types - 1})::int, 1, n, repeat('x', 600)::bytea, repeat('m', 150)::bytea, repeat('h', 32)::bytea
            from generate_series(1, {filled}) n
            """);
    }

    private async Task<double> Append(string side, int batch)
    {
        var rows = Enumerable.Range(0, batch).Select(_ => (Tenant: _tenants[_random.Next(Tenants)], Type: $"TYPE_{_random.Next(Types)}"))
            .ToArray();
        await using var command = new NpgsqlCommand($"""
            insert into {side}.events (tenant, sequence, partition, stream_type, stream_id, version, event_id, type, schema_version,
              time_us, data, metadata, hash)
            select t, s, s % 32, 'invoices', gen_random_uuid(), 1, gen_random_uuid(), k, 1, s, $4, $5, $6 from unnest($1, $2, $3) as u (t,
              s, k)
            """, session);
        command.Parameters.Add(
            new() { Value = rows.Select(r => r.Tenant).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        command.Parameters.Add(
            new() { Value = rows.Select(_ => ++_sequence).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        command.Parameters.Add(new() { Value = rows.Select(r => r.Type).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        foreach (var length in (int[])[600, 150, 32])
            command.Parameters.Add(new() { Value = new byte[length], NpgsqlDbType = NpgsqlDbType.Bytea });
        var start = Stopwatch.GetTimestamp();
        await command.ExecuteNonQueryAsync();
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds;
    }

    private async Task Run(string sql)
    {
        await using var command = new NpgsqlCommand(sql, session) { CommandTimeout = 0 };
        foreach (var part in sql.Contains("vacuum", StringComparison.Ordinal) ? sql.Split(';') : [sql])
        {
            command.CommandText = part;
            await command.ExecuteNonQueryAsync();
        }
    }

    private async Task<long> LogBytes() => (long)(await Value("select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint"))!;

    private async Task<string> Size() =>
        $"size of the index: {await Value("select pg_size_pretty(pg_relation_size('indexed.events_type'))")}, of the table: "
            + $"{await Value("select pg_size_pretty(pg_table_size('indexed.events'))")}";

    private async Task<object?> Value(string sql)
    {
        await using var command = new NpgsqlCommand(sql, session);
        return await command.ExecuteScalarAsync();
    }
}
