namespace Tms.EventStore.Lanes;

/// <summary>What a unit must be before it may join a batch.</summary>
internal static class UnitCheck
{
    private const int MaxName = 100;

    public static void Check(AppendUnit unit, int maxBytes)
    {
        Require(unit.Streams.Count > 0, "A unit needs at least one stream.");
        Require(unit.Key is null || (unit.Key.Hash.Length == 32 && unit.Key.Fingerprint.Length == 32), "A command key and its fingerprint are 32 bytes each.");
        Require(unit.Streams.Select(s => (s.Tenant, s.Stream)).Distinct().Count() == unit.Streams.Count, "A unit names each stream once.");
        var bytes = unit.Snapshot?.State.Length ?? 0;
        for (var i = 0; i < unit.Streams.Count; i++)
        {
            var append = unit.Streams[i];
            Require(append.Tenant == unit.Tenant || append.Tenant == TenantId.Platform, "A unit's streams belong to its tenant or to the platform.");
            Require(append.Expected.Value >= 0, "An expected version is 0 or more.");
            Require(append.Stream.Type.Length is > 0 and <= MaxName, "A stream's type has 1 to 100 characters.");
            Require(append.Events.Count > 0 || (i == 0 && unit.Draw is not null), "A stream needs at least one event.");
            bytes += Bytes(append.Events, unit.Metadata.Length);
        }

        Require(bytes <= maxBytes, $"The unit has {bytes} bytes; the log takes {maxBytes} at most.");
    }

    public static int Bytes(IReadOnlyList<EventData> events, int metadata)
    {
        var bytes = 0;
        for (var i = 0; i < events.Count; i++)
        {
            bytes += events[i].Data.Length + metadata;
            Require(events[i].Type.Length is > 0 and <= MaxName, "An event's type has 1 to 100 characters.");
            Require(events[i].SchemaVersion is > 0 and <= short.MaxValue, "An event's schema version is 1 to 32,767.");
        }

        return bytes;
    }

    private static void Require(bool holds, string sentence)
    {
        if (!holds)
        {
            throw new UnitRejectedException(sentence);
        }
    }
}
