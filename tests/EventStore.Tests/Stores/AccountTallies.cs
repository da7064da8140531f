using System.Globalization;
using System.Text;

namespace Tms.EventStore.Tests.Stores;

/// <summary>Sums by account and day: a text such as <c>a+5 b-5</c> adds to two accounts, and counts one line on each.</summary>
public sealed class AccountTallies : IInlineTallies
{
    public const string Stream = "bookings";

    public const string PostgresTable = """
        create table test_accounts (tenant uuid, account text, day integer, lines bigint not null, amount bigint not null, primary key
          (tenant, account, day))
        """;

    public const string SqliteTable = """
        create table test_accounts (tenant text, account text, day integer, lines integer not null, amount integer not null, primary key
          (tenant, account, day))
        """;

    public ReadModelTable Table { get; } = new("test_accounts",
    [
        new("tenant", ColumnType.Uuid), new("account", ColumnType.Text), new("day", ColumnType.Date), new("lines", ColumnType.Long),
        new("amount", ColumnType.Long),
    ], KeyColumns: 3);

    /// <summary>The next release's counts a line as two.</summary>
    public int Version { get; init; } = 1;

    public bool Follows(string streamType) => streamType == Stream;

    public IReadOnlyList<object?[]> Of(RecordedEvent recorded) =>
        [.. Encoding.UTF8.GetString(recorded.Data.Span).Split(' ').Select(line => new object?[]
        {
            recorded.Tenant.Value, line[..1], new DateOnly(2026, 1, 31), (long)Version, long.Parse(line[1..], CultureInfo.InvariantCulture),
        })];
}
