using System.Globalization;
using System.Reflection;
using DbUp;
using DbUp.Builder;
using DbUp.Engine;
using DbUp.Engine.Output;
using DbUp.Postgresql;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Npgsql;
using Tms.EventStore.Postgres;
using Tms.EventStore.Sqlite;

namespace Tms.EventStore.Hosting;

/// <summary>An assembly that has schema scripts: a host applies those of all that are among its services.</summary>
/// <param name="Assembly">Where they are embedded.</param>
public sealed record SchemaScripts(Assembly Assembly);

/// <summary>
/// Applies the numbered SQL scripts of this and other assemblies, each once, one process at a time; then gives a restored database its new
/// epoch.
/// </summary>
/// <remarks>
/// Scripts are embedded under <c>Sql/Postgres</c> and <c>Sql/Sqlite</c>, named <c>NNNN_what.sql</c>, and never changed once released.
/// </remarks>
public sealed class SchemaMigrator(IReadOnlyList<Assembly> assemblies, ILogger<SchemaMigrator> log)
{
    private const long MigrationLock = 0x544D534D; // TMSM

    // A script that waits for a table keeps everybody behind it waiting: it gives way and tries again.
    private const string GivesWay = "-c lock_timeout=1000";
    private const int MostTries = 600;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Brings a PostgreSQL database up to date; other processes wait meanwhile.</summary>
    /// <exception cref="StoreUnavailableException">The database could not be reached, or takes no writes.</exception>
    /// <exception cref="ConfigurationFaultException">The database is not fit for use, or refuses a script.</exception>
    public async Task Postgres(string connectionString, CancellationToken cancel)
    {
        await using var source = Source(connectionString);
        await using var scripts = Source(connectionString, GivesWay);
        await using var holder = source.CreateConnection();
        try
        {
            await holder.OpenAsync(cancel);
        }
        catch (NpgsqlException e)
        {
            var given = new NpgsqlConnectionStringBuilder(connectionString);
            throw new StoreUnavailableException(
                $"PostgreSQL at {given.Host}:{given.Port}, database '{given.Database ?? given.Username}', cannot be reached: {e.Message}",
                e);
        }

        await SchemaFaults.Check(holder, cancel);
        var role = holder.UserName;
        await using var take = new NpgsqlCommand("select pg_advisory_lock($1)", holder)
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = MigrationLock } },
            CommandTimeout = 0,
        };
        await take.ExecuteNonQueryAsync(cancel);
        for (var attempt = 1; !Apply(
            DeployChanges.To.PostgresqlDatabase(new PostgresqlConnectionManager(scripts)), "Sql.Postgres.", attempt < MostTries,
            role); attempt++) await Task.Delay(Pause, TimeProvider.System, cancel);
        await PostgresEpoch.Follow(holder, log, cancel);
    }

    /// <summary>Brings a SQLite file up to date, making it when it is not there.</summary>
    /// <exception cref="ConfigurationFaultException">What is there is no database, or cannot be opened.</exception>
    public void Sqlite(string path)
    {
        var connectionString = new SqliteConnectionStringBuilder { DataSource = path }.ConnectionString;
        SchemaFaults.Check(path, connectionString);
        Apply(DeployChanges.To.SqliteDatabase(connectionString), "Sql.Sqlite.", again: false);
        SqliteEpoch.Follow(path, log);
    }

    // Its own, so that the lock ends with it, and named as the pool of queries: metrics keep for ever what they once measured.
    private static NpgsqlDataSource Source(string connectionString, string options = "")
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = true, MinPoolSize = 0, MaxPoolSize = 4 };
        if (options.Length > 0) settings.Options = $"{settings.Options} {options}".Trim();
        return new NpgsqlDataSourceBuilder(settings.ConnectionString) { Name = "tms" }.Build();
    }

    /// <summary>Applies what is missing; false if a table could not be had now and it may be tried again.</summary>
    private bool Apply(UpgradeEngineBuilder builder, string folder, bool again, string? role = null)
    {
        var scripts = assemblies.SelectMany(
            a => a.GetManifestResourceNames().Where(n => n.Contains(folder, StringComparison.Ordinal)).Select(n => Script(a, n, folder)))
            .OrderBy(s => s.Name, StringComparer.Ordinal);
        var result = builder.WithScripts(scripts).WithTransactionPerScript().WithVariablesDisabled().WithExecutionTimeout(TimeSpan.Zero)
            .LogTo(new DbUpLog(log)).Build().PerformUpgrade();
        if (result.Successful) return true;
        if (again && result.Error is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable })
        {
            log.LogWarning("The schema script {Script} waits for a table that others use; it is tried again", result.ErrorScript?.Name);
            return false;
        }

        throw SchemaFaults.Of(result.ErrorScript?.Name, result.Error, role)
            ?? new InvalidOperationException(
                $"The schema script {result.ErrorScript?.Name} could not be applied: {result.Error.Message}", result.Error);
    }

    private static SqlScript Script(Assembly assembly, string resource, string folder)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return new SqlScript(resource[(resource.IndexOf(folder, StringComparison.Ordinal) + folder.Length)..], reader.ReadToEnd());
    }

    private sealed class DbUpLog(ILogger log) : IUpgradeLog
    {
        public void LogTrace(string format, params object[] args) => log.LogTrace("{Message}", Text(format, args));

        public void LogDebug(string format, params object[] args) => log.LogDebug("{Message}", Text(format, args));

        public void LogInformation(string format, params object[] args) => log.LogDebug("{Message}", Text(format, args));

        public void LogWarning(string format, params object[] args) => log.LogWarning("{Message}", Text(format, args));

        public void LogError(string format, params object[] args) => log.LogDebug("{Message}", Text(format, args));

        // Whoever asked for the upgrade gets the same failure, and says it once.
        public void LogError(Exception ex, string format, params object[] args) => log.LogDebug(ex, "{Message}", Text(format, args));

        private static string Text(string format, object[] args) =>
            args.Length == 0 ? format : string.Format(CultureInfo.InvariantCulture, format, args);
    }
}
