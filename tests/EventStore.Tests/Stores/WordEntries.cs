using System.Text;

namespace Tms.EventStore.Tests.Stores;

/// <summary>The words of a stream's texts, each once per tenant and stream.</summary>
public sealed class WordEntries : IInlineEntries
{
    public const string Stream = "texts";

    public const string PostgresTable =
        "create table test_words (tenant uuid, word text, id uuid, letters integer, primary key (tenant, word, id))";

    public const string SqliteTable =
        "create table test_words (tenant text, word text, id text, letters integer, primary key (tenant, word, id))";

    public ReadModelTable Table { get; } = new("test_words",
        [new("tenant", ColumnType.Uuid), new("word", ColumnType.Text), new("id", ColumnType.Uuid), new("letters", ColumnType.Int)],
        KeyColumns: 3, StreamColumn: 2);

    public Repetition Repetition => Repetition.OneRow;

    public bool Follows(string streamType) => streamType == Stream;

    public IReadOnlyList<object?[]> Of(RecordedEvent recorded) =>
        [.. Encoding.UTF8.GetString(recorded.Data.Span).Split(' ')
            .Select(word => new object?[] { recorded.Tenant.Value, word, recorded.Stream.Id, word.Length })];
}
