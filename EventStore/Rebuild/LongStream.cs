using System.Runtime.CompilerServices;

namespace Tms.EventStore.Rebuild;

/// <summary>
/// Reads the streams that share one id, whatever their length: a page of each type at a time, merged in the order of the log.
/// </summary>
internal sealed class LongStream(IEventReader reader, LogPart log, Guid id)
{
    private const int Page = 1000;

    public async IAsyncEnumerable<IReadOnlyList<RecordedEvent>> Pages([EnumeratorCancellation] CancellationToken cancel)
    {
        List<Source> sources = [.. log.Types.Select(type => new Source(new(type, id)))];
        while (true)
        {
            foreach (var source in sources.Where(s => s.Read.Count == 0 && !s.Ends))
            {
                source.Take(await reader.ReadStream(log.Tenant, source.Stream, source.Last, Page, cancel), Page);
            }

            // What is sure to be read of all: a later page of one type cannot begin before its last event.
            var sure = sources.Where(s => !s.Ends).Select(s => s.Read[^1].Sequence.Value).DefaultIfEmpty(log.To).Min();
            var page = sources.SelectMany(s => s.Give(Math.Min(sure, log.To))).OrderBy(e => e.Sequence.Value).ToList();
            if (page.Count == 0)
            {
                yield break;
            }

            yield return page;
        }
    }

    private sealed class Source(StreamName stream)
    {
        public StreamName Stream => stream;

        public StreamVersion Last { get; private set; } = StreamVersion.Empty;

        /// <summary>Whether nothing comes after what was read.</summary>
        public bool Ends { get; private set; }

        public List<RecordedEvent> Read { get; private set; } = [];

        public void Take(IReadOnlyList<RecordedEvent> page, int full)
        {
            Read = [.. page];
            Ends = !page.GoesOn(full);
            Last = page.Count > 0 ? page[^1].Version : Last;
        }

        public List<RecordedEvent> Give(long to)
        {
            var given = Read.FindAll(e => e.Sequence.Value <= to);
            Read.RemoveRange(0, given.Count);
            return given;
        }
    }
}
