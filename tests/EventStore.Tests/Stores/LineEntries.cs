using System.Globalization;
using System.Text;

namespace Tms.EventStore.Tests.Stores;

/// <summary>The lines of vouchers: a text such as <c>a+5 b-5</c> adds two lines, and the amounts of an event come to nothing.</summary>
public sealed class LineEntries : IInlineEntries
{
    public const string Stream = "vouchers";

    public const string PostgresTable =
        "create table test_lines (tenant uuid, line text, amount bigint, id uuid, primary key (tenant, line))";

    public const string SqliteTable =
        "create table test_lines (tenant text, line text, amount integer, id text, primary key (tenant, line))";

    public ReadModelTable Table { get; } =
        new(
            "test_lines",
            [new("tenant", ColumnType.Uuid), new("line", ColumnType.Text), new("amount", ColumnType.Long), new("id", ColumnType.Uuid)],
            StreamColumn: 3);

    public Repetition Repetition => Repetition.Error;

    public bool Follows(string streamType) => streamType == Stream;

    public IReadOnlyList<object?[]> Of(RecordedEvent recorded) =>
        [.. Encoding.UTF8.GetString(recorded.Data.Span).Split(' ').Select(line => new object?[]
        {
            recorded.Tenant.Value, line[..1], long.Parse(line[1..], CultureInfo.InvariantCulture), recorded.Stream.Id,
        })];

    public string? Fault(RecordedEvent recorded, IReadOnlyList<object?[]> rows) =>
        rows.Sum(row => (long)row[2]!) is var sum and not 0 ? $"debit and credit differ by {sum}" : null;
}
