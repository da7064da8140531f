namespace Tms.EventStore;

/// <summary>Tells whether this process can write the log.</summary>
public interface IWriterHealth
{
    /// <summary>A sentence about what keeps appends from being written; null where nothing is known to.</summary>
    string? Trouble { get; }
}
