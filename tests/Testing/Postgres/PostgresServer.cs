using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Tms.Testing.Postgres;

/// <summary>A throwaway PostgreSQL server of this test process, on a loopback port of its own.</summary>
/// <remarks>
/// The shell that starts it waits at its standard input: when this process ends, in whatever way, the input closes,
/// the shell stops the server at once and removes its files.
/// </remarks>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly string _folder;
    private readonly int _port;
    private Process? _shell;

    private PostgresServer(string folder, int port) => (_folder, _port) = (folder, port);

    /// <summary>Where the server has its files, and what belongs to them.</summary>
    internal string Folder => _folder;

    /// <summary>Reaches the server's own database <c>postgres</c> as its superuser.</summary>
    public string ConnectionString => $"Host=127.0.0.1;Port={_port};Username=postgres;Database=postgres;SSL Mode=Disable";

    /// <summary>Makes a server and starts it.</summary>
    public static async Task<PostgresServer> Create()
    {
        var server = new PostgresServer(await PostgresBinaries.NewFolder(), FreePort());
        using var initdb = PostgresBinaries.Shell(
            server._folder, "exec initdb -D data -U postgres -A trust -E UTF8 --locale=C --no-sync >initdb.log 2>&1");
        await initdb.WaitForExitAsync().WaitAsync(Limit);
        if (initdb.ExitCode != 0) throw server.Failure("initdb.log");
        await server.Start();
        return server;
    }

    /// <summary>Starts a stopped server on the same port with the same data; returns when it answers.</summary>
    public async Task Start()
    {
        _shell = PostgresBinaries.Shell(_folder, $"""
            postgres -D data -c listen_addresses=127.0.0.1 -c port={_port} -c unix_socket_directories= \
              -c fsync=on -c shared_buffers=128MB -c max_connections=800 >>server.log 2>&1 &
            server=$!
            read -r what how
            [ "$how" ] || how=QUIT
            kill -$how $server
            wait $server
            [ "$what" = keep ] || rm -rf "{_folder}"
            """);
        var started = Stopwatch.GetTimestamp();
        while (!await Answers())
        {
            if (_shell.HasExited || Stopwatch.GetElapsedTime(started) > Limit) throw Failure("server.log");
            await Task.Delay(50);
        }
    }

    /// <summary>Stops the server as a power cut would: at once, without a checkpoint. Its data stay.</summary>
    public Task Stop() => Say("keep QUIT");

    /// <summary>
    /// Stops the server as a careful operator does (<c>pg_ctl -m fast</c>): sessions are ended, a checkpoint is written. Its data stay.
    /// </summary>
    public Task StopFast() => Say("keep INT");

    /// <summary>
    /// Stops the server and starts it as one that recovers from its archive: it goes on on a timeline of its own, as after any recovery to
    /// a point in time.
    /// </summary>
    public async Task Recover()
    {
        await StopFast();
        var data = Path.Combine(_folder, "data");
        await File.AppendAllTextAsync(Path.Combine(data, "postgresql.auto.conf"), "restore_command = 'false'\n");
        await File.WriteAllTextAsync(Path.Combine(data, "recovery.signal"), "");
        await StartRecovering();
    }

    /// <summary>Starts a stopped server that has something to recover from; returns when it takes writes.</summary>
    internal async Task StartRecovering()
    {
        await Start();
        var started = Stopwatch.GetTimestamp();
        while (await PostgresDatabases.Scalar<bool>(ConnectionString, "select pg_is_in_recovery()"))
        {
            if (Stopwatch.GetElapsedTime(started) > Limit) throw Failure("server.log");
            await Task.Delay(50);
        }
    }

    public async ValueTask DisposeAsync() => await Say("remove");

    /// <summary>
    /// Runs a script as the server's user, in the folder that has its files in <c>data</c>; PostgreSQL's programs reach the server as its
    /// superuser.
    /// </summary>
    internal async Task Run(string script)
    {
        using var shell = PostgresBinaries.Shell(
            _folder, $"exec 2>script.log; set -e; export PGHOST=127.0.0.1 PGPORT={_port} PGUSER=postgres\n{script}");
        await shell.WaitForExitAsync().WaitAsync(Limit);
        if (shell.ExitCode != 0) throw Failure("script.log");
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task<bool> Answers()
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false;Timeout=5");
            await connection.OpenAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private async Task Say(string what)
    {
        if (Interlocked.Exchange(ref _shell, null) is not { } shell) return;
        await shell.StandardInput.WriteLineAsync(what);
        await shell.StandardInput.FlushAsync();
        await shell.WaitForExitAsync().WaitAsync(Limit);
        shell.Dispose();
    }

    private InvalidOperationException Failure(string log) =>
        new($"The PostgreSQL server for the tests did not do as told:{Environment.NewLine}{File.ReadAllText(Path.Combine(_folder, log))}");
}
