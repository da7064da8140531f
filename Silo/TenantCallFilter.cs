using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Silo;

/// <summary>Lets a call into a tenant's grain only when it is made for that tenant.</summary>
/// <remarks>
/// Looks at TMS' own grain interfaces whose key starts with a tenant's id. Orleans' own calls (streams, reminders, membership) and
/// observers pass: they carry no caller. What passes costs two lookups and no allocation.
/// </remarks>
internal sealed partial class TenantCallFilter : IIncomingGrainCallFilter, IDisposable
{
    private const int TenantLength = 36;
    private const string OwnInterfaces = "Tms.Grains.Abstractions";

    private readonly ConcurrentDictionary<Type, bool> _guarded = new();
    private readonly ILogger _logger;
    private readonly Meter _meter;
    private readonly Counter<long> _refused;

    public TenantCallFilter(IMeterFactory meters, ILogger<TenantCallFilter> logger)
    {
        _logger = logger;
        _meter = meters.Create("Tms.Silo");
        _refused = _meter.CreateCounter<long>(
            "tms.silo.tenant_refusals", "{call}", "Calls refused because they were made for another tenant, or for none.");
    }

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();

    /// <inheritdoc />
    public Task Invoke(IIncomingGrainCallContext context)
    {
        if (!_guarded.GetOrAdd(context.Request.GetInterfaceType(), IsGuarded)) return context.Invoke();
        var key = context.TargetId.Key.AsSpan();
        return !GrainKey.TryReadTenant(key, out _) || MadeFor(key[..TenantLength]) ? context.Invoke() : throw Refusal(context);
    }

    private static bool IsGuarded(Type type) =>
        type.Namespace is { } name && name.StartsWith(OwnInterfaces, StringComparison.Ordinal)
            && !typeof(IGrainObserver).IsAssignableFrom(type);

    private static bool MadeFor(ReadOnlySpan<byte> tenant) =>
        RequestContext.Get(CallerTenant.Key) is string caller && Ascii.EqualsIgnoreCase(tenant, caller);

    private TenantMismatchException Refusal(IIncomingGrainCallContext context)
    {
        var caller = RequestContext.Get(CallerTenant.Key) as string ?? "nobody";
        _refused.Add(1);
        LogRefused(context.InterfaceName, context.MethodName, context.TargetId, caller);
        return new TenantMismatchException($"{context.InterfaceName}.{context.MethodName} of {context.TargetId} was called for {caller}.");
    }

    [LoggerMessage(LogLevel.Error, "Refused: {Interface}.{Method} of {Grain} was called for {Caller}.")]
    private partial void LogRefused(string @interface, string method, GrainId grain, string caller);
}
