namespace Tms.Grains.Abstractions.Shared;

/// <summary>What every view of an aggregate has.</summary>
public interface IAggregateView
{
    /// <summary>Id of the aggregate.</summary>
    Guid Id { get; }

    /// <summary>Number of events; the ETag.</summary>
    int Version { get; }
}
