using Tms.EventStore;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Grains.Hosting;

/// <summary>Finds what a command did when it was sent before.</summary>
internal sealed class Repeats<TState, TCommand, TEvent>(AggregateLog<TState, TCommand, TEvent> log, IEventReader reader)
    where TState : class
    where TEvent : class
{
    /// <summary>
    /// What this command did; null when it never happened. A key commits with its events: one probe tells, whatever their age.
    /// </summary>
    public async Task<Repeat?> Happened(CommandContext context) =>
        context.KeyHash is not null ? await Keyed(context)
        : await log.VersionAfter(context.CommandId) is { } version ? new(OutcomeKind.Done, log.Stream, version)
        : null;

    /// <summary>What the first command with the key did; null without a key or when there was none.</summary>
    public async Task<Repeat?> Keyed(CommandContext context) =>
        context.KeyHash is { } key && await reader.FindCommand(log.Tenant, key) is { } record ? await Of(record, context) : null;

    /// <summary>What a command is told whose key stands for a command that happened.</summary>
    public async Task<Repeat> Of(CommandRecord record, CommandContext context)
    {
        if (!record.Fingerprint.AsSpan().SequenceEqual(context.KeyFingerprint) || record.Stream.Type != log.Stream.Type)
        {
            return new(OutcomeKind.KeyReused, record.Stream, 0);
        }

        var own = context.MayHaveHappened && await log.Was(record, context.CommandId);
        return new(own ? OutcomeKind.Done : OutcomeKind.Replayed, record.Stream, record.Version.Value);
    }
}

/// <summary>The answer of a command that was sent before.</summary>
/// <param name="Kind">Which of the answers it is.</param>
/// <param name="Stream">Whose view is shown.</param>
/// <param name="Version">As it was at this version, right after the command; 0: none is shown.</param>
internal readonly record struct Repeat(OutcomeKind Kind, StreamName Stream, int Version);
