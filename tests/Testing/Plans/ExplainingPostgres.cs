using System.Data.Common;
using Npgsql;
using Tms.EventStore;

namespace Tms.Testing.Plans;

/// <summary>
/// Has the server tell the plan of every statement that runs, under some settings: <c>plan_cache_mode = force_generic_plan</c>.
/// </summary>
public sealed class ExplainingPostgres(string connectionString, params IReadOnlyList<string> settings) : IExplainingDatabase
{
    private readonly List<string> _plans = [];

    public DatabaseKind Kind => DatabaseKind.Postgres;

    /// <summary>A plan for each statement since this was emptied.</summary>
    public IList<string> Seen => _plans;

    public Task<IReadOnlyList<string>> Plans() => Task.FromResult<IReadOnlyList<string>>(_plans);

    public async ValueTask<DbConnection> Open(CancellationToken cancel = default)
    {
        var connection = new NpgsqlConnection($"{connectionString};Pooling=false");
        await connection.OpenAsync(cancel);
        var all = string.Concat(settings.Select(setting => $"set {setting}; "));
        await using var command = new NpgsqlCommand(
            $"load 'auto_explain'; {all}set client_min_messages = log; set auto_explain.log_min_duration = 0", connection);
        await command.ExecuteNonQueryAsync(cancel);
        connection.Notice += (_, e) =>
        {
            if (e.Notice.MessageText.Contains("Query Text", StringComparison.Ordinal)) _plans.Add(e.Notice.MessageText);
        };
        return connection;
    }
}
