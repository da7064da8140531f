using Microsoft.Extensions.Options;
using Tms.EventStore;

namespace Tms.Grains.Reactors;

/// <summary>What every reactor's worker is built of.</summary>
internal sealed record ReactorParts(
    IEventReader Reader, IReactorEvents Events, IReactorCursors Cursors, ReactorSets Sets, IEventOpener Opener,
    IOptions<ReactorOptions> Settings, TimeProvider Time, ReactorMetrics Metrics, ReactorLog Log)
{
    internal ReactorOptions Options => Settings.Value;
}
