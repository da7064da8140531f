namespace Tms.Grains.Abstractions.Cluster;

/// <summary>Speaks for one silo, on which it is. Key: the silo's address as parsable text.</summary>
/// <remarks>
/// Who calls it for the first time says by Orleans' placement hint where it belongs; anywhere else it does not speak, and goes.
/// </remarks>
[Alias("tms.silo")]
public interface ISiloGrain : IGrainWithStringKey
{
    /// <summary>How the silo is now.</summary>
    /// <exception cref="InvalidOperationException">The grain is on another silo.</exception>
    [Alias("Report")]
    Task<SiloReport> Report();
}

/// <summary>How a silo is.</summary>
/// <param name="Version">Its build: <see cref="ProgramVersion"/>.</param>
/// <param name="Activations">Grains in its memory.</param>
/// <param name="CpuPercent">How busy all processors of its machine or container are, 0 … 100, smoothed over seconds.</param>
/// <param name="MemoryBytes">What the process has of the machine's memory, bytes.</param>
/// <param name="AvailableMemoryBytes">What it may still get, bytes.</param>
/// <param name="Overloaded">Whether it turns calls away because it is too busy.</param>
/// <param name="Clients">Processes that are connected to it as clients of silos elsewhere.</param>
[GenerateSerializer, Immutable, Alias("tms.silo-report")]
public sealed record SiloReport(
    [property: Id(0)] string Version,
    [property: Id(1)] int Activations,
    [property: Id(2)] decimal CpuPercent,
    [property: Id(3)] long MemoryBytes,
    [property: Id(4)] long AvailableMemoryBytes,
    [property: Id(5)] bool Overloaded,
    [property: Id(6)] long Clients);
