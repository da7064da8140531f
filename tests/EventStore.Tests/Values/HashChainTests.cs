namespace Tms.EventStore.Tests.Values;

public sealed class HashChainTests
{
    private static readonly RecordedEvent First = Golden.Recorded.First();

    public static TheoryData<string> Changes => [.. Changed.Keys];

    private static Dictionary<string, RecordedEvent> Changed { get; } = new()
    {
        ["sequence"] = First with { Sequence = new(2) },
        ["event id"] = First with { Id = new Guid("0190a8b4-7c02-7000-8000-000000000003") },
        ["stream type"] = First with { Stream = First.Stream with { Type = "invoice" } },
        ["stream id"] = First with { Stream = First.Stream with { Id = First.Id } },
        ["version"] = First with { Version = new(2) },
        ["type"] = First with { Type = "INVOICE_CREATEd" },
        ["schema version"] = First with { SchemaVersion = 2 },
        ["time"] = First with { TimeMicros = First.TimeMicros + 1 },
        ["data"] = First with { Data = First.Data[..^1] },
        ["metadata"] = First with { Metadata = First.Metadata[..^1] },
        ["border between data and metadata"] = First with
        {
            Data = First.Data[..^1],
            Metadata = new byte[] { First.Data.Span[^1] }.Concat(First.Metadata.ToArray()).ToArray(),
        },
    };

    [Fact]
    public void The_golden_events_have_the_golden_hashes()
    {
        var hash = HashChain.Genesis(Golden.Tenant);
        var hashes = Golden.Recorded.Select(e => Convert.ToHexStringLower(hash = HashChain.Next(hash, e))).ToArray();
        Assert.Equal(Golden.Hashes, hashes);
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_change_of_any_field_changes_the_hash(string field) =>
        Assert.NotEqual(Next(First), Next(Changed[field]));

    [Fact]
    public void The_hash_before_changes_the_hash() =>
        Assert.NotEqual(Next(First), HashChain.Next(HashChain.Genesis(TenantId.Platform), First));

    [Fact]
    public void Neither_the_position_nor_the_events_own_hash_counts() =>
        Assert.Equal(Next(First), Next(First with { Position = new(77), Hash = [1, 2, 3] }));

    [Fact]
    public void Every_tenant_begins_at_a_hash_of_its_own() =>
        Assert.NotEqual(HashChain.Genesis(Golden.Tenant), HashChain.Genesis(TenantId.Platform));

    private static byte[] Next(RecordedEvent e) => HashChain.Next(HashChain.Genesis(Golden.Tenant), e);
}
