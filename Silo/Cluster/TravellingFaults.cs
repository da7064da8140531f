using Orleans.Serialization;

namespace Tms.Silo.Cluster;

/// <summary>
/// Exceptions that stay what they are on their way from a silo to its caller. A cause that may not travel makes the whole answer
/// unreadable: the caller would not learn that the store is away.
/// </summary>
internal static class TravellingFaults
{
    /// <summary>Adds those of TMS and, because they are the causes of an unavailable store, those of PostgreSQL's driver.</summary>
    internal static void Allow(ExceptionSerializationOptions options)
    {
        options.SupportedNamespacePrefixes.Add("Tms.");
        options.SupportedNamespacePrefixes.Add("Npgsql");
    }
}
