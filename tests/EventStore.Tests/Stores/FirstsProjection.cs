namespace Tms.EventStore.Tests.Stores;

/// <summary>When a stream began and how far it is: a row that follows from the last event and what the first one set.</summary>
public sealed class FirstsProjection : IInlineProjection
{
    public const string PostgresTable =
        "create table test_firsts (tenant uuid, id uuid, first bigint not null, version integer, primary key (tenant, id))";

    public const string SqliteTable =
        "create table test_firsts (tenant text, id text, first integer not null, version integer, primary key (tenant, id))";

    public ReadModelTable Table { get; } = new("test_firsts",
        [
            new("tenant", ColumnType.Uuid), new("id", ColumnType.Uuid), new("first", ColumnType.Long, Kept: true),
            new("version", ColumnType.Int)]);

    public bool ReadsRow => false;

    public bool Follows(string streamType) => streamType is "orders" or TotalsProjection.Stream;

    public object?[] Apply(object?[]? row, RecordedEvent recorded) =>
        [recorded.Tenant.Value, recorded.Stream.Id, recorded.Sequence.Value, recorded.Version.Value];
}
