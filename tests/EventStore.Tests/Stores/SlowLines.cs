using Microsoft.Extensions.Time.Testing;

namespace Tms.EventStore.Tests.Stores;

/// <summary><see cref="LineEntries"/> that take two seconds of a test's clock for every event.</summary>
internal sealed class SlowLines(FakeTimeProvider time) : IInlineEntries
{
    private readonly LineEntries _lines = new();

    public ReadModelTable Table => _lines.Table;

    public Repetition Repetition => _lines.Repetition;

    public bool Follows(string streamType) => _lines.Follows(streamType);

    public IReadOnlyList<object?[]> Of(RecordedEvent recorded)
    {
        time.Advance(TimeSpan.FromSeconds(2));
        return _lines.Of(recorded);
    }
}
