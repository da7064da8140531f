namespace Tms.EventStore.Lanes;

/// <summary>One unit's changes, made aside and merged only when all of them are known.</summary>
internal sealed class UnitPlan(AppendUnit unit, BatchFacts facts, PlanRules rules)
{
    private readonly List<RecordedEvent> _events = [];
    private readonly List<(TenantId Tenant, Guid Person, long Sequence)> _about = [];
    private readonly Dictionary<TenantId, TenantHead> _heads = [];
    private readonly ModelChanges _models = new(rules.Models, facts);
    private readonly UnitNumbers? _numbers = unit.Draw is { } draw ? new(unit.Tenant, draw.Series, facts) : null;

    public AppendResult.Appended MergeInto(BatchPlan plan)
    {
        Record(_numbers?.Complete(unit, rules.MaxUnitBytes));
        foreach (var recorded in _events)
        {
            _models.Add(recorded);
        }

        _models.MergeInto(plan);
        MergeEvents(plan);
        MergeAside(plan);
        var head = _heads[unit.Streams[0].Tenant];
        return new(Version, head.Sequence, head.Time, _numbers?.Drawn ?? []);
    }

    private StreamVersion Version => unit.Streams[0].Last;

    /// <param name="completed">All events with their numbers; null where the unit's own are complete.</param>
    private void Record(IReadOnlyList<EventData>? completed)
    {
        var next = 0;
        foreach (var append in unit.Streams)
        {
            for (var i = 0; i < append.Events.Count; i++, next++)
            {
                Record(append, completed is null ? append.Events[i] : completed[next], append.Expected.Value + 1 + i);
            }
        }
    }

    private void Record(StreamAppend append, EventData data, int version)
    {
        var head = HeadOf(append.Tenant);
        var recorded = new RecordedEvent
        {
            Position = GlobalPosition.Start,
            Tenant = append.Tenant,
            Sequence = new(head.Sequence.Value + 1),
            Stream = append.Stream,
            Version = new(version),
            Id = data.Id,
            Type = data.Type,
            SchemaVersion = data.SchemaVersion,
            TimeMicros = Math.Max(rules.NowMicros, head.TimeMicros),
            Data = data.Data,
            Metadata = unit.Metadata,
            Hash = [],
            Value = data.Value,
        };
        recorded = recorded with { Hash = HashChain.Next(head.Hash, recorded) };
        _heads[append.Tenant] = new TenantHead(append.Tenant, recorded.Sequence, recorded.Hash, recorded.TimeMicros);
        _events.Add(recorded);
        for (var i = 0; i < data.About.Count; i++) _about.Add((append.Tenant, data.About[i], recorded.Sequence.Value));
    }

    private TenantHead HeadOf(TenantId tenant) =>
        _heads.TryGetValue(tenant, out var own) ? own : HeadBefore(tenant);

    private TenantHead HeadBefore(TenantId tenant) =>
        facts.Heads.TryGetValue(tenant, out var known)
            ? known
            : new TenantHead(tenant, CompanySequence.Start, HashChain.Genesis(tenant), 0);

    private void MergeEvents(BatchPlan plan)
    {
        plan.Events.AddRange(_events);
        plan.About.AddRange(_about);
        foreach (var e in _events)
        {
            facts.Versions[(e.Tenant, e.Stream)] = e.Version.Value;
            facts.Note(new StoredEvent(e.Tenant, e.Stream, e.Version.Value, e.Id, e.Sequence.Value, e.TimeMicros));
        }

        foreach (var (tenant, head) in _heads)
        {
            plan.Followed.TryAdd(tenant, HeadBefore(tenant));
            facts.Heads[tenant] = plan.Heads[tenant] = head;
            if (facts.Marks.TryGetValue(tenant, out var mark))
            {
                plan.Marks[tenant] = mark;
            }
        }
    }

    private void MergeAside(BatchPlan plan)
    {
        _numbers?.MergeInto(plan);
        if (unit.Key is { } key)
        {
            var record = new CommandRecord(key.Fingerprint, unit.Streams[0].Stream, Version);
            facts.Commands[(unit.Tenant, Convert.ToHexString(key.Hash))] = record;
            plan.Commands.Add((unit.Tenant, key.Hash, record));
        }

        foreach (var release in unit.Releases)
        {
            Release(release, plan);
        }

        foreach (var reservation in unit.Reservations)
        {
            if (facts.Reservations.TryAdd((reservation.Scope, reservation.Value), reservation))
            {
                plan.Reservations.Add(reservation);
            }
        }

        foreach (var secret in unit.Secrets)
        {
            plan.Secrets[(secret.Tenant, secret.Subject, secret.Kind)] = secret;
        }

        foreach (var use in unit.Blobs)
        {
            plan.Blobs[(use.Blob, use.Stream)] = use;
        }

        if (unit.Snapshot is { } snapshot)
        {
            var place = (snapshot.Tenant, snapshot.Stream, snapshot.Stays);
            var known = plan.Snapshots.GetValueOrDefault(place);
            plan.Snapshots[place] = known?.Version.Value > snapshot.Version.Value ? known : snapshot;
        }

        if (unit.Cursor is { } cursor)
        {
            var known = plan.Cursors.GetValueOrDefault((cursor.Reactor, cursor.Tenant));
            plan.Cursors[(cursor.Reactor, cursor.Tenant)] = known?.Sequence.Value > cursor.Sequence.Value ? known : cursor;
        }
    }

    private void Release(Reservation release, BatchPlan plan)
    {
        if (facts.Reservations.TryGetValue((release.Scope, release.Value), out var holder) && holder == release)
        {
            facts.Reservations.Remove((release.Scope, release.Value));
        }

        if (!plan.Reservations.Remove(release))
        {
            plan.Releases.Add(release);
        }
    }
}
