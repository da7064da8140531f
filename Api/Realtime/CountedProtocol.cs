using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace Tms.Api.Realtime;

/// <summary>
/// A hub protocol for one connection: counts the messages that call no method of the hub, which <see cref="LiveHubFilter"/> never sees.
/// </summary>
/// <remarks>
/// Methods that there are not, arguments that do not bind, streams and pings. One too many is answered so, where an answer is waited for;
/// whoever goes on is closed, as with calls.
/// </remarks>
internal sealed class CountedProtocol(IHubProtocol inner) : IHubProtocol
{
    private static readonly ExceptionDispatchInfo TooMany = ExceptionDispatchInfo.Capture(LiveHubFilter.TooMany());

    /// <summary>The connection, once there is one to count for.</summary>
    public LiveConnection? Connection { get; set; }

    /// <inheritdoc />
    public string Name => inner.Name;

    /// <inheritdoc />
    public int Version => inner.Version;

    /// <inheritdoc />
    public TransferFormat TransferFormat => inner.TransferFormat;

    /// <inheritdoc />
    public bool IsVersionSupported(int version) => inner.IsVersionSupported(version);

    /// <inheritdoc />
    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        if (!inner.TryParseMessage(ref input, binder, out message)) return false;
        if (message is InvocationMessage or CloseMessage || Connection is not { } connection) return true;
        var verdict = connection.Budget.Take();
        if (verdict == MessageBudget.Verdict.Persistent) connection.Close(CloseReason.RateLimited);
        if (verdict != MessageBudget.Verdict.Accepted) message = Refused(message);
        return true;
    }

    /// <inheritdoc />
    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => inner.WriteMessage(message, output);

    /// <inheritdoc />
    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => inner.GetMessageBytes(message);

    // Who waits for an answer gets one; everything else is as good as a ping, which is not answered.
    private static HubMessage Refused(HubMessage message) => message switch
    {
        InvocationBindingFailureMessage call => new InvocationBindingFailureMessage(call.InvocationId, call.Target, TooMany),
        HubMethodInvocationMessage call => new InvocationBindingFailureMessage(call.InvocationId, call.Target, TooMany),
        _ => PingMessage.Instance,
    };
}

/// <summary>Gives each connection a protocol of its own that counts.</summary>
internal sealed class CountedProtocols(IEnumerable<IHubProtocol> protocols) : IHubProtocolResolver
{
    /// <inheritdoc />
    public IReadOnlyList<IHubProtocol> AllProtocols { get; } = [.. protocols];

    /// <inheritdoc />
    public IHubProtocol? GetProtocol(string protocolName, IReadOnlyList<string>? supportedProtocols) =>
        AllProtocols.FirstOrDefault(known => IsNamed(known, protocolName, supportedProtocols)) is { } inner
            ? new CountedProtocol(inner)
            : null;

    private static bool IsNamed(IHubProtocol known, string name, IReadOnlyList<string>? supported) =>
        known.Name.Equals(name, StringComparison.OrdinalIgnoreCase)
            && (supported is null || supported.Contains(known.Name, StringComparer.OrdinalIgnoreCase));
}
