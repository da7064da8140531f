using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tms.EventStore.Rebuild;

namespace Tms.EventStore.Heads;

/// <summary>Makes up for what no append does: tenants that nobody appends to, and gaps too large to fold while people wait.</summary>
/// <remarks>
/// With a database that several processes share, when the process starts and then every <see cref="EventStoreOptions.KeeperPeriod"/>:
/// one process does it for all that keep the same read models (decision 74).
/// With a file that is this process' own, once, before the process serves anybody.
/// </remarks>
internal sealed class ReadModelKeeper(
    TenantsBehind behind, IDatabase database, IRebuildStore store, ReadModelRebuilder rebuilder, KeeperParts parts) : BackgroundService
{
    private const string Work = "read-model-keeper";

    private int _behind;
    private bool _lagging;
    private bool _failing;

    /// <inheritdoc />
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        parts.Metrics.WatchBehind(() => _behind);
        if (database.Kind == DatabaseKind.Sqlite)
        {
            await Pass(cancellationToken);
            return;
        }

        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Pass(stoppingToken);
            await Task.Delay(Period(), parts.Time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Silos that started together do not look together.
    private TimeSpan Period() => parts.Options.KeeperPeriod * (0.5 + (Random.Shared.NextDouble() / 2));

    private async Task Pass(CancellationToken cancel)
    {
        try
        {
            if (!await parts.Turns.Try(Work, behind.Kind, cancel))
            {
                (_behind, _lagging, _failing) = (0, false, false);
                return;
            }

            var sets = await behind.Sets(cancel);
            _behind = sets.Sum(s => s.Tenants);
            Lags(_behind > 0);
            Exception? failure = null;
            foreach (var (set, _) in sets)
            {
                failure = await Mend(set, cancel) ?? failure;
            }

            Lags(_behind > 0);
            Fails(failure);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Fails(cancel.IsCancellationRequested ? null : e);
        }
    }

    /// <summary>Tenant by tenant; one that fails does not hold up the others.</summary>
    private async Task<Exception?> Mend(string set, CancellationToken cancel)
    {
        Exception? failure = null;
        foreach (var tenant in await behind.Tenants(set, cancel))
        {
            try
            {
                await Mend(tenant, cancel);
                Interlocked.Decrement(ref _behind);
            }
            catch (Exception e) when (e is not OutOfMemoryException && !cancel.IsCancellationRequested)
            {
                failure = e;
            }
        }

        return failure;
    }

    private async Task Mend(TenantId tenant, CancellationToken cancel)
    {
        foreach (var model in await store.Cover(tenant, cancel))
        {
            await rebuilder.Rebuild(model, tenant, cancel);
        }
    }

    private void Lags(bool lags)
    {
        if (lags && !_lagging)
        {
            parts.Log.LogInformation("Read models of {Tenants} companies are behind and are folded now", _behind);
        }
        else if (!lags && _lagging)
        {
            parts.Log.LogInformation("The read models of all companies are up to date");
        }

        _lagging = lags;
    }

    private void Fails(Exception? failure)
    {
        if (failure is not null && !_failing)
        {
            parts.Log.LogError(
                failure, "Read models of {Tenants} companies cannot be brought up to date; tried again every {Period}", _behind,
                parts.Options.KeeperPeriod);
        }

        _failing = failure is not null;
    }
}

/// <summary>What the keeper stands on.</summary>
internal sealed record KeeperParts(
    EventStoreOptions Options, ITurns Turns, TimeProvider Time, EventStoreMetrics Metrics, ILogger<ReadModelKeeper> Log);
