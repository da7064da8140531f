using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Providers.Streams.Common;
using Orleans.Streams;

namespace Tms.Streams.Providers;

/// <summary>Puts the parts of the provider together.</summary>
internal sealed class LogAdapterFactory(
    LogSource source, CheckpointKeeper checkpoints, StreamMetrics metrics, IOptions<LogStreamOptions> options, ILoggerFactory loggers,
    string name)
    : IQueueAdapterFactory
{
    private readonly LogQueueMapper _mapper = new(name);

    public Task<IQueueAdapter> CreateAdapter() => CreateAdapter(CancellationToken.None);

    public Task<IQueueAdapter> CreateAdapter(CancellationToken cancellationToken) =>
        Task.FromResult<IQueueAdapter>(new LogAdapter(name, Receiver));

    public IQueueAdapterCache GetQueueAdapterCache() =>
        new SimpleQueueAdapterCache(new SimpleQueueCacheOptions { CacheSize = options.Value.CacheSize }, name, loggers);

    public IStreamQueueMapper GetStreamQueueMapper() => _mapper;

    public Task<IStreamFailureHandler> GetDeliveryFailureHandler(QueueId queueId) =>
        Task.FromResult<IStreamFailureHandler>(new LogFailureHandler(metrics, loggers.CreateLogger<LogFailureHandler>()));

    private LogReceiver Receiver(int partition) =>
        new(source, checkpoints, metrics, options.Value, partition, loggers.CreateLogger<LogReceiver>());
}
