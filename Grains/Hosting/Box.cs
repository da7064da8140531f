using Orleans.Serialization.Cloning;

namespace Tms.Grains.Hosting;

/// <summary>Holds an immutable state where Orleans' journal wants a mutable one.</summary>
public sealed class Box<T>
    where T : class
{
    /// <summary>The state; null before the first event.</summary>
    public T? Value { get; set; }
}

/// <summary>A copy of a box is another box around the same immutable state.</summary>
[RegisterCopier]
internal sealed class BoxCopier<T> : IDeepCopier<Box<T>>
    where T : class
{
    /// <inheritdoc />
    public Box<T>? DeepCopy(Box<T>? input, CopyContext context) => input is null ? null : new() { Value = input.Value };
}

/// <summary>An event that is in the log, with what the log says of it.</summary>
public sealed record Recorded<TEvent>(TEvent Event, Domain.Shared.EventFacts Facts)
    where TEvent : class;
