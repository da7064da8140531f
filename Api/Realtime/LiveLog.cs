namespace Tms.Api.Realtime;

/// <summary>The log lines of the live hub: never a token or a payload.</summary>
internal static partial class LiveLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "The hub method {Method} failed.")]
    public static partial void HubFault(this ILogger log, Exception failure, string method);

    [LoggerMessage(Level = LogLevel.Information, Message = "Live bridge of {Company} opened at {Position}.")]
    public static partial void BridgeOpened(this ILogger log, Guid company, long position);

    [LoggerMessage(Level = LogLevel.Information, Message = "Live bridge of {Company} closed.")]
    public static partial void BridgeClosed(this ILogger log, Guid company);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Live bridge of {Company} could not read the log; it tries again.")]
    public static partial void BridgeFailed(this ILogger log, Exception failure, Guid company);

    [LoggerMessage(Level = LogLevel.Information, Message = "Live bridge of {Company} reads the log again.")]
    public static partial void BridgeRecovered(this ILogger log, Guid company);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The log of {Company} is another history than before: its connections start anew.")]
    public static partial void HistoryChanged(this ILogger log, Guid company);

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "Registration with the feed of {Company} failed; the log is asked until it succeeds.")]
    public static partial void RegistrationFailed(this ILogger log, Exception failure, Guid company);

    [LoggerMessage(Level = LogLevel.Information, Message = "Registered with the feed of {Company} again.")]
    public static partial void RegistrationRecovered(this ILogger log, Guid company);

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "The cluster does not answer; users' live connections are counted on this node alone.")]
    public static partial void LimitsAlone(this ILogger log, Exception failure);

    [LoggerMessage(Level = LogLevel.Information, Message = "Users' live connections are counted on all nodes again.")]
    public static partial void LimitsRecovered(this ILogger log);

    [LoggerMessage(Level = LogLevel.Information, Message = "Live connection {Connection} ended by the server: {Reason}.")]
    public static partial void ClientDropped(this ILogger log, string connection, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Live connection {Connection} failed.")]
    public static partial void ConnectionFailed(this ILogger log, Exception failure, string connection);

    [LoggerMessage(Level = LogLevel.Error, Message = "Event {Id} of type {Type}, schema version {SchemaVersion}, cannot be shown.")]
    public static partial void Unreadable(this ILogger log, Exception failure, string type, int schemaVersion, Guid id);
}
