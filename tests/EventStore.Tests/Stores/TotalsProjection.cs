using System.Text;

namespace Tms.EventStore.Tests.Stores;

/// <summary>Counts and sums the amounts of a stream, with a column of every type; fails on demand.</summary>
public sealed class TotalsProjection : IInlineProjection
{
    public const string Stream = "totals";

    /// <summary>The projection throws at an event with this amount.</summary>
    public const int Poison = -666;

    /// <summary>The row goes away at an event with this amount.</summary>
    public const int Remove = -1;

    public const string PostgresTable = """
        create table test_totals (tenant uuid, id uuid, events integer, total bigint, last text, even boolean, day integer,
          data bytea, latest uuid, note text, primary key (tenant, id))
        """;

    public const string SqliteTable = """
        create table test_totals (tenant text, id text, events integer, total integer, last text, even integer, day integer,
          data blob, latest text, note text, primary key (tenant, id))
        """;

    public ReadModelTable Table { get; } = new("test_totals",
    [
        new("tenant", ColumnType.Uuid), new("id", ColumnType.Uuid), new("events", ColumnType.Int), new("total", ColumnType.Long),
        new("last", ColumnType.Text), new("even", ColumnType.Bool), new("day", ColumnType.Date), new("data", ColumnType.Bytes),
        new("latest", ColumnType.Uuid), new("note", ColumnType.Text),
    ]);

    public bool ReadsRow => true;

    public bool Follows(string streamType) => streamType == Stream;

    public object?[]? Apply(object?[]? row, RecordedEvent recorded)
    {
        var amount = Amount(recorded);
        if (amount == Poison) throw new InvalidOperationException("This projection was told to fail.");
        if (amount == Remove) return null;
        var total = (long)(row?[3] ?? 0L) + amount;
        return
        [
            recorded.Tenant.Value, recorded.Stream.Id, (int)(row?[2] ?? 0) + 1, total, $"{amount} – blåbær", total % 2 == 0,
            (row?[6] as DateOnly? ?? new DateOnly(2026, 1, 31)).AddDays(1), recorded.Data.ToArray(), recorded.Id, null,
        ];
    }

    /// <summary>The rows that a log gives when it is folded from scratch.</summary>
    public IReadOnlyList<object?[]> Fold(IEnumerable<RecordedEvent> log)
    {
        var rows = new Dictionary<Guid, object?[]?>();
        foreach (var e in log.Where(e => Follows(e.Stream.Type))) rows[e.Stream.Id] = Apply(rows.GetValueOrDefault(e.Stream.Id), e);
        return [.. rows.Values.OfType<object?[]>()];
    }

    private static int Amount(RecordedEvent recorded) =>
        int.Parse(
            Encoding.UTF8.GetString(recorded.Data.Span).Split(':')[1].TrimEnd('}'), System.Globalization.CultureInfo.InvariantCulture);
}
