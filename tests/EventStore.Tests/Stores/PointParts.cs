using System.Globalization;
using System.Text;

namespace Tms.EventStore.Tests.Stores;

/// <summary>Points of a check: <c>a=5</c> sets one, <c>a+5</c> adds to one, <c>-a</c> takes one away and <c>*</c> all of them.</summary>
public sealed class PointParts : IInlineParts
{
    public const string Stream = "checks";

    /// <summary>Values above this are of one point of a stream at most.</summary>
    public const long Unique = 1000;

    public const string PostgresTable = """
        create table test_points (tenant uuid, id uuid, point text not null, value bigint, day integer, primary key (tenant, id, point));
        create unique index test_points_value on test_points (tenant, id, value) where value > 1000
        """;

    public const string SqliteTable = """
        create table test_points (tenant text, id text, point text not null, value integer, day integer, primary key (tenant, id, point));
        create unique index test_points_value on test_points (tenant, id, value) where value > 1000
        """;

    public ReadModelTable Table { get; } = new("test_points",
    [
        new("tenant", ColumnType.Uuid), new("id", ColumnType.Uuid), new("point", ColumnType.Text), new("value", ColumnType.Long),
        new("day", ColumnType.Date),
    ], KeyColumns: 3);

    /// <summary>The next release's makes a value ten times as large.</summary>
    public int Version { get; init; } = 1;

    public bool ReadsRows { get; init; } = true;

    public string StreamType => Stream;

    public IReadOnlyList<PartChange> Of(RecordedEvent recorded, IReadOnlyCollection<object?[]> rows)
    {
        var values = rows.ToDictionary(row => (string)row[2]!, row => (long)row[3]!);
        return [.. Encoding.UTF8.GetString(recorded.Data.Span).Split(' ').Select(word => Change(word, recorded, values))];
    }

    private PartChange Change(string word, RecordedEvent recorded, Dictionary<string, long> values)
    {
        var (tenant, id) = (recorded.Tenant.Value, recorded.Stream.Id);
        if (word == "*")
        {
            values.Clear();
            return PartChange.RemoveAll;
        }

        if (word[0] == '-')
        {
            values.Remove(word[1..]);
            return PartChange.Remove(tenant, id, word[1..]);
        }

        var at = word.IndexOfAny(['=', '+']);
        var (point, value) = (word[..at], long.Parse(word[(at + 1)..], CultureInfo.InvariantCulture) * (Version == 1 ? 1 : 10));
        values[point] = word[at] == '+' ? values.GetValueOrDefault(point) + value : value;
        return PartChange.Put(tenant, id, point, values[point], new DateOnly(2026, 1, 31));
    }
}

/// <summary>Parts that give the cells of another stream.</summary>
public sealed class StrayParts(PartChange change) : IInlineParts
{
    public ReadModelTable Table { get; } = new PointParts().Table;

    public bool ReadsRows => false;

    public string StreamType => PointParts.Stream;

    public IReadOnlyList<PartChange> Of(RecordedEvent recorded, IReadOnlyCollection<object?[]> rows) => [change];
}

/// <summary>Every name that the events of a stream tell, each in a row of its own.</summary>
public sealed class KinParts : IInlineParts
{
    public ReadModelTable Table { get; } = new("test_kin",
        [new("tenant", ColumnType.Uuid), new("id", ColumnType.Uuid), new("place", ColumnType.Int), new("name", ColumnType.Text)],
        KeyColumns: 3);

    public string StreamType => NamesProjection.Stream;

    public bool ReadsRows => false;

    public IReadOnlyList<PartChange> Of(RecordedEvent recorded, IReadOnlyCollection<object?[]> rows) =>
        [PartChange.Put(
            recorded.Tenant.Value, recorded.Stream.Id, recorded.Version.Value,
            (recorded.Value as NamesProjection.Named)?.Name ?? People.NameOf(recorded))];
}
