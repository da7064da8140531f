namespace Tms.EventStore.Tests.Stores;

/// <summary>The next release's <see cref="TotalsProjection"/>: the same table with other rows.</summary>
public sealed class NextTotals : IInlineProjection
{
    private readonly TotalsProjection _today = new();

    public ReadModelTable Table => _today.Table;

    public int Version => 2;

    public bool ReadsRow => true;

    public bool Follows(string streamType) => _today.Follows(streamType);

    /// <summary>Every row says how many events of it this version has seen in a row.</summary>
    public object?[]? Apply(object?[]? row, RecordedEvent recorded)
    {
        var after = _today.Apply(row, recorded);
        after?[9] = $"{row?[9]}+";
        return after;
    }
}

/// <summary>The next release's <see cref="WordEntries"/>: the same table with other rows.</summary>
public sealed class NextWords : IInlineEntries
{
    private readonly WordEntries _today = new();

    public ReadModelTable Table => _today.Table;

    public int Version => 2;

    public Repetition Repetition => _today.Repetition;

    public bool Follows(string streamType) => _today.Follows(streamType);

    public IReadOnlyList<object?[]> Of(RecordedEvent recorded) =>
        [.. _today.Of(recorded).Select(row => new[] { row[0], $"next {row[1]}", row[2], row[3] })];
}

/// <summary>The next release's <see cref="FirstsProjection"/>: what only the first event sets is another value.</summary>
public sealed class NextFirsts : IInlineProjection
{
    private readonly FirstsProjection _today = new();

    public ReadModelTable Table => _today.Table;

    public int Version => 2;

    public bool ReadsRow => false;

    public bool Follows(string streamType) => _today.Follows(streamType);

    public object?[] Apply(object?[]? row, RecordedEvent recorded) =>
        [recorded.Tenant.Value, recorded.Stream.Id, recorded.Sequence.Value * 10, recorded.Version.Value];
}
