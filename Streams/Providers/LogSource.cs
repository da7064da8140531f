using Tms.EventStore;

namespace Tms.Streams.Providers;

/// <summary>Where events come from, and what says that there are some.</summary>
internal sealed record LogSource(IEventReader Reader, IPartitionSignals Signals, TimeProvider Time);
