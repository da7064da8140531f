using Tms.Grains.Abstractions.Cluster;

namespace Tms.Silo.Cluster;

/// <summary>The one member of an embedded cluster, which Orleans keeps in memory.</summary>
internal sealed class EmbeddedMembers(IMembershipTable table, ILocalSiloDetails silo) : ISiloMembers
{
    /// <inheritdoc />
    public SiloAddress? Own => silo.SiloAddress;

    /// <inheritdoc />
    public async Task<IReadOnlyList<SiloMember>> All(CancellationToken cancel) =>
        [.. (await table.ReadAllAsync(cancel)).Members.Select(member => Map(member.Item1)).Take(ISiloMembers.Most)];

    private static SiloMember Map(MembershipEntry entry) =>
        new(entry.SiloAddress, entry.SiloName, entry.HostName, entry.Status, Utc(entry.StartTime), Utc(entry.IAmAliveTime));

    private static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));
}
