namespace Tms.Grains.Abstractions.Cluster;

/// <summary>The silos as Orleans' membership has them, read where it is kept: no silo needs to answer.</summary>
public interface ISiloMembers
{
    /// <summary>The silo inside this process; null where it is a client of silos elsewhere.</summary>
    SiloAddress? Own { get; }

    /// <summary>Every silo that is a member or was one, the living first, of each the latest first; at most <see cref="Most"/>.</summary>
    /// <remarks>A silo that stopped or died stays in the list for days, each start of it by itself.</remarks>
    Task<IReadOnlyList<SiloMember>> All(CancellationToken cancel = default);

    /// <summary>The longest list.</summary>
    const int Most = 200;
}

/// <summary>One start of a silo.</summary>
/// <param name="Address">Where other silos reach it, and which start it is.</param>
/// <param name="Name">Its name.</param>
/// <param name="Host">Name of its machine.</param>
/// <param name="Status">What the others hold it for. One that died is active until they noticed, which takes seconds.</param>
/// <param name="StartedAt">When it started, by its own clock.</param>
/// <param name="AliveAt">When it last said that it is alive, by its own clock; it does so every 5 s (30 s embedded).</param>
public sealed record SiloMember(
    SiloAddress Address, string Name, string Host, SiloStatus Status, DateTimeOffset StartedAt, DateTimeOffset AliveAt);
