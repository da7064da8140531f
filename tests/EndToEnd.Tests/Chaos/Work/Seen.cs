using System.Collections.Immutable;

namespace Tms.EndToEnd.Tests.Chaos.Work;

/// <summary>One connection of a spectator.</summary>
/// <param name="From">The position it was served from.</param>
/// <param name="Positions">Of the events that came, in the order in which they came.</param>
/// <param name="Resynced">Whether it was told to start anew.</param>
internal sealed record Sitting(long From, ImmutableArray<long> Positions, bool Resynced);

/// <summary>An event that took long to get to a spectator.</summary>
/// <param name="At">When it came, since the run began.</param>
/// <param name="Lag">How long after it was written.</param>
internal sealed record Late(TimeSpan At, TimeSpan Lag);

/// <summary>What one spectator saw of one company.</summary>
internal sealed record Seen(string Who, Guid Company, ImmutableArray<Sitting> Sittings, ImmutableArray<Late> Late);
