using Orleans.Providers.Streams.Common;
using Orleans.Streams;
using Tms.EventStore;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Streams.Providers;

/// <summary>One company's events of one read, in order: what one delivery carries.</summary>
[GenerateSerializer, Immutable, Alias("tms.log-batch")]
internal sealed class LogBatch : IBatchContainer
{
    internal LogBatch(DeliveredEvent[] events, EventSequenceTokenV2 token, GlobalPosition safe)
    {
        (Events, Token, Safe) = (events, token, safe.Value);
        StreamId = StreamId.Create(CompanyStream.Namespace, events[0].Tenant.ToString());
    }

    [Id(0)]
    public StreamId StreamId { get; private set; }

    [Id(1)]
    internal DeliveredEvent[] Events { get; private set; }

    [Id(2)]
    internal EventSequenceTokenV2 Token { get; private set; }

    /// <summary>
    /// The position up to which everything is in this batch or in those before it: where a checkpoint may stand once it was delivered.
    /// </summary>
    [Id(3)]
    internal long Safe { get; private set; }

    public StreamSequenceToken SequenceToken => Token;

    public IEnumerable<Tuple<T, StreamSequenceToken>> GetEvents<T>() =>
        Events.OfType<T>().Select((e, index) => Tuple.Create(e, (StreamSequenceToken)Token.CreateSequenceTokenForEvent(index)));

    /// <summary>
    /// False: a batch may hold the events of many requests. Each consumer goes on with the trace of each event, which stands in its
    /// metadata.
    /// </summary>
    public bool ImportRequestContext() => false;
}
