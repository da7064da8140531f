namespace Tms.EventStore.Hosting;

/// <summary>
/// A configured value that cannot be right: the start stops with this message, which names the value and says what it should be.
/// </summary>
public sealed class ConfigurationFaultException(string message, Exception? inner = null) : Exception(message, inner);
