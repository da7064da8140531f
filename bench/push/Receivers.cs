using Bench;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.Logging;

namespace Push;

/// <summary>What is read of an event's envelope; the rest is skipped.</summary>
public sealed record InvoiceEvent(string Subject, DateTimeOffset Time, long Position, int Version)
{
    private const string Prefix = "invoices/";

    public bool IsInvoice => Subject.StartsWith(Prefix, StringComparison.Ordinal);

    public Guid InvoiceId => Guid.Parse(Subject.AsSpan(Prefix.Length));
}

/// <summary>The live connections. Each checks by itself that positions only rise and that nothing answered is missing.</summary>
public sealed class Receivers(CommandLog log, IReadOnlyList<TmsCompany> companies) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly List<Client> _clients = [];
    private bool _ending;

    /// <summary>Events whose position did not rise: sent again, or out of order.</summary>
    public long Repeated => _clients.Sum(c => c.Repeated);

    /// <summary>Connections that ended before the run did.</summary>
    public long Closed => _clients.Count(c => c.Closed);

    public async Task Connect(string url, int count)
    {
        _clients.AddRange(Enumerable.Range(0, count).Select(i => new Client(this, companies[i % companies.Count])));
        await Parallel.ForEachAsync(
            _clients, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (client, _) => await client.Start(url));
    }

    /// <summary>Waits until every client has heard everything, or nothing new came for long; answers the seconds waited in vain.</summary>
    public async Task<double> Settle()
    {
        var (missing, since) = (Lost(), DateTimeOffset.UtcNow);
        while (missing > 0 && DateTimeOffset.UtcNow - since < Patience)
        {
            await Task.Delay(5);
            if (Lost() is var now && now != missing)
            {
                (missing, since) = (now, DateTimeOffset.UtcNow);
            }
        }

        return missing > 0 ? (DateTimeOffset.UtcNow - since).TotalSeconds : 0;
    }

    /// <summary>Deliveries that are still missing, over all clients.</summary>
    public long Lost() => _clients.Sum(c => Math.Max(0, log.Expected(c.Company) - c.Heard));

    public async ValueTask DisposeAsync()
    {
        _ending = true;
        await Parallel.ForEachAsync(_clients, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (c, _) => await c.DisposeAsync());
    }

    private sealed class Client(Receivers all, TmsCompany company) : IAsyncDisposable
    {
        private readonly TaskCompletionSource _welcomed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private HubConnection? _connection;
        private long _heard;
        private long _last;

        public Guid Company => company.Id;

        public long Heard => Volatile.Read(ref _heard);

        public long Repeated { get; private set; }

        public bool Closed { get; private set; }

        public async Task Start(string url)
        {
            var builder = new HubConnectionBuilder().WithUrl($"{url}/hubs/live", o =>
            {
                o.AccessTokenProvider = () => Task.FromResult<string?>(company.Token);
                o.Transports = HttpTransportType.WebSockets;
                o.SkipNegotiation = true;
            });
            builder.ConfigureLogging(l => l.SetMinimumLevel(LogLevel.None));
            _connection = builder.Build();
            _connection.On<object>("connected", _ => _welcomed.TrySetResult());
            _connection.On<InvoiceEvent>("event", Hear);
            _connection.Closed += _ =>
            {
                Closed = !all._ending;
                return Task.CompletedTask;
            };
            await _connection.StartAsync();
            await _welcomed.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }

        public async ValueTask DisposeAsync()
        {
            if (_connection is not null)
            {
                await _connection.DisposeAsync();
            }
        }

        // SignalR calls one connection's handlers one at a time.
        private void Hear(InvoiceEvent e)
        {
            if (e.Position <= _last)
            {
                Repeated++;
                return;
            }

            _last = e.Position;
            if (e.IsInvoice)
            {
                all.Log.Heard(e);
                Volatile.Write(ref _heard, _heard + 1);
            }
        }
    }

    private CommandLog Log => log;
}
