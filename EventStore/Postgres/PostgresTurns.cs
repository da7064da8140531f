using System.Buffers.Binary;
using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Tms.EventStore.Turns;

namespace Tms.EventStore.Postgres;

/// <summary>Turns as advisory locks of one session, which is open from the first question on. They end with it.</summary>
/// <remarks>Keepalives find a dead host within 5 s. A frozen process does not speak, and the server ends a silent session.</remarks>
internal sealed class PostgresTurns(
    PostgresConnections connections, TurnBoard board, EventStoreOptions options, TimeProvider time,
    IHostApplicationLifetime? process = null)
    : BackgroundService, ITurns
{
    /// <summary>Name of the session in <c>pg_stat_activity</c>.</summary>
    public const string SessionName = "tms-turns";

    private const string TakeTurn = "select pg_try_advisory_lock(1414353748, $1)"; // TMST

    private readonly SemaphoreSlim _one = new(1, 1);
    private NpgsqlConnection? _session;
    private bool _stopping;

    public async ValueTask<bool> Try(string work, string kind, CancellationToken cancel)
    {
        await _one.WaitAsync(cancel);
        try
        {
            var held = !_stopping && await InSession(session => Take(session, Key($"{work} {kind}"), cancel), cancel);
            board.Note(work, held);
            return held;
        }
        finally
        {
            _one.Release();
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _session?.Dispose();
        _one.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, process?.ApplicationStopping ?? default);
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(options.TurnTimeout / 3, time, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_session is not null && !stop.IsCancellationRequested) await Speak(stop.Token);
        }

        await GiveBack();
    }

    /// <summary>Gives every turn back and takes none any more: others need not wait until the rest of the process has ended.</summary>
    private async Task GiveBack()
    {
        // Whoever asks meanwhile has a session with time limits.
        await _one.WaitAsync(CancellationToken.None);
        try
        {
            _stopping = true;
            await Drop();
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Keeps the session from being silent. Where it is gone, so are the turns: the next question takes what is free.</summary>
    private async Task Speak(CancellationToken stop)
    {
        await _one.WaitAsync(CancellationToken.None);
        try
        {
            if (_session is { } session) await Run(session, "select 1", stop);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Whatever it is, it must not end the process: the turns are gone with the session, and the next question takes what is free.
            await Drop();
        }
        finally
        {
            _one.Release();
        }
    }

    // A session may have died with a restart of the server: the next one is new.
    private async Task<bool> InSession(Func<NpgsqlConnection, Task<bool>> work, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await work(_session ??= await Open(cancel));
            }
            catch (Exception e)
            {
                await Drop();
                if (e is not InvalidOperationException && (e is not DbException fault || !fault.IsOfTheStore())) throw;
                if (attempt == 2) throw new StoreUnavailableException("The database cannot be reached.", e);
            }
        }
    }

    private async Task<NpgsqlConnection> Open(CancellationToken cancel)
    {
        var session = await connections.OpenSession(cancel);
        try
        {
            var silence = ((long)options.TurnTimeout.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
            await Run(session, $"set idle_session_timeout = {silence}; set application_name = '{SessionName}'", cancel);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    private async Task Drop()
    {
        var session = _session;
        _session = null;
        board.LoseAll();
        if (session is not null) await session.DisposeAsync();
    }

    private static async Task<bool> Take(NpgsqlConnection session, int key, CancellationToken cancel)
    {
        await using var take = new NpgsqlCommand(TakeTurn, session) { Parameters = { new NpgsqlParameter<int> { TypedValue = key } } };
        return (bool)(await take.ExecuteScalarAsync(cancel))!;
    }

    private static async Task Run(NpgsqlConnection session, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, session);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static int Key(string turn) => BinaryPrimitives.ReadInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(turn)));
}
