using Microsoft.Extensions.DependencyInjection;
using Tms.Grains.Abstractions.Reactors;

namespace Tms.Grains.Tests.Support;

/// <summary>Loses grain calls on their way; the caller believes that they arrived.</summary>
internal sealed class LossyCalls(Func<IGrainCallContext, bool> lost) : IOutgoingGrainCallFilter, IIncomingGrainCallFilter
{
    private int _lost;

    public int Lost => Volatile.Read(ref _lost);

    /// <summary>Loses calls that a silo sends: who is called does not even wake.</summary>
    public void Sent(ISiloBuilder silo) => silo.Services.AddSingleton<IOutgoingGrainCallFilter>(this);

    /// <summary>Loses calls that a silo gets, Orleans' own among them.</summary>
    public void Received(ISiloBuilder silo) => silo.Services.AddSingleton<IIncomingGrainCallFilter>(this);

    public Task Invoke(IOutgoingGrainCallContext context) => IsLost(context) ? Task.CompletedTask : context.Invoke();

    public Task Invoke(IIncomingGrainCallContext context) => IsLost(context) ? Task.CompletedTask : context.Invoke();

    /// <summary>Whether the stream's agent hands events to a consumer with this call.</summary>
    public static bool IsDelivery(IGrainCallContext context) =>
        context.MethodName is "DeliverBatch" or "DeliverMutable" or "DeliverImmutable";

    /// <summary>Whether a reactor is told of new events with this call.</summary>
    public static bool IsRing(IGrainCallContext context) => IsAnyRing(context) && context.Request.GetArgument(0) is long and > 0;

    /// <summary>Whether a reactor is called at all, by a sweep too.</summary>
    public static bool IsAnyRing(IGrainCallContext context) => context.Request.GetInterfaceType() == typeof(IReactorGrain);

    private bool IsLost(IGrainCallContext context)
    {
        if (!lost(context)) return false;
        Interlocked.Increment(ref _lost);
        context.Result = null; // an answer, without which the caller would try again
        return true;
    }
}
