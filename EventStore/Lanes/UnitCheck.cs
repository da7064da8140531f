namespace Tms.EventStore.Lanes;

/// <summary>What a unit must be before it may join a batch.</summary>
internal static class UnitCheck
{
    private const int MaxName = 100;

    /// <summary>The unit's size in bytes.</summary>
    /// <exception cref="UnitRejectedException">It cannot be stored; the message says why.</exception>
    public static int Check(AppendUnit unit, int maxBytes)
    {
        Require(unit.Streams.Count > 0, "A unit needs at least one stream.");
        Require(
            unit.Key is null || (unit.Key.Hash.Length == 32 && unit.Key.Fingerprint.Length == 32),
            "A command key and its fingerprint are 32 bytes each.");
        CheckOwners(unit);
        CheckDraw(unit);
        var bytes = CheckStreams(unit) + Drawn(unit, maxBytes)
            + (unit.Snapshot?.State.Length ?? 0) + unit.Secrets.Sum(s => s.Value?.Length ?? 0);
        Require(bytes <= maxBytes, $"The unit has {bytes} bytes; the log takes {maxBytes} at most.");
        return bytes;
    }

    /// <summary>The size of events; checks each.</summary>
    public static int Bytes(IReadOnlyList<EventData> events, int metadata)
    {
        var bytes = 0;
        for (var i = 0; i < events.Count; i++)
        {
            bytes += events[i].Data.Length + metadata;
            Require(events[i].Type.Length is > 0 and <= MaxName, "An event's type has 1 to 100 characters.");
            Require(
                events[i].About.Count < 2 || events[i].About.Distinct().Count() == events[i].About.Count,
                "An event names each person once.");
            Require(events[i].SchemaVersion is > 0 and <= short.MaxValue, "An event's schema version is 1 to 32,767.");
        }

        return bytes;
    }

    private static int CheckStreams(AppendUnit unit)
    {
        var bytes = 0;
        var (streams, ids) = (new HashSet<(TenantId, StreamName)>(), new HashSet<Guid>());
        for (var i = 0; i < unit.Streams.Count; i++)
        {
            var append = unit.Streams[i];
            Require(streams.Add((append.Tenant, append.Stream)), "A unit names each stream once.");
            Require(append.Expected.Value >= 0, "An expected version is 0 or more.");
            Require(append.Stream.Type.Length is > 0 and <= MaxName, "A stream's type has 1 to 100 characters.");
            Require(
                append.Events.Count > 0 || (i > 0 && append.Expected.Value > 0),
                "A stream gets at least one event, unless the unit only rests on its version.");
            Require(append.Events.All(e => ids.Add(e.Id)), "A unit has each event id once.");
            bytes += Bytes(append.Events, unit.Metadata.Length);
        }

        return bytes;
    }

    private static void CheckDraw(AppendUnit unit)
    {
        if (unit.Draw is null) return;
        Require(unit.Draw.Series.Count > 0, "A draw names at least one series.");
        Require(
            unit.Streams.All(s => s.Events.All(e => e.Data.IsEmpty)),
            "A unit with numbers gets its events' data from them: give none beside.");
    }

    /// <summary>Bytes of data that a unit with numbers will have, by a trial with the first numbers.</summary>
    /// <remarks>Those drawn later have a few digits more.</remarks>
    private static int Drawn(AppendUnit unit, int maxBytes)
    {
        if (unit.Draw is null) return 0;
        try
        {
            return UnitNumbers.Complete(unit, Trial(unit.Draw.Series.Count), maxBytes).Sum(static e => e.Data.Length);
        }
        catch (Exception e) when (e is not UnitRejectedException)
        {
            throw new UnitRejectedException($"A unit of {unit.Streams[0].Stream} could not be completed: {e.Message}", e);
        }
    }

    private static long[] Trial(int count)
    {
        var numbers = new long[count];
        Array.Fill(numbers, 1);
        return numbers;
    }

    private static void CheckOwners(AppendUnit unit)
    {
        bool Belongs(TenantId tenant) => tenant == unit.Tenant || tenant == TenantId.Platform;
        Require(unit.Streams.Any(s => s.Tenant == unit.Tenant), "A unit has a stream of its own tenant.");
        Require(unit.Streams.All(s => Belongs(s.Tenant)), "A unit's streams belong to its tenant or to the platform.");
        Require(unit.Secrets.All(s => Belongs(s.Tenant)), "A unit's secrets belong to its tenant or to the platform.");
        Require(
            unit.Reservations.Concat(unit.Releases).All(r => Belongs(r.Tenant)),
            "A unit's reservations belong to its tenant or to the platform.");
        Require(unit.Blobs.All(b => b.Blob.Owner.Tenant == unit.Tenant), "A unit's blobs belong to its tenant.");
        Require(unit.Snapshot is null || unit.Snapshot.Tenant == unit.Tenant, "A unit's snapshot belongs to its tenant.");
        Require(unit.Cursor is null || unit.Cursor.Tenant == unit.Tenant, "A unit's cursor belongs to its tenant.");
    }

    private static void Require(bool holds, string sentence)
    {
        if (!holds)
        {
            throw new UnitRejectedException(sentence);
        }
    }
}
