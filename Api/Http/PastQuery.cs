using System.ComponentModel.DataAnnotations;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Api.Http;

/// <summary>Asks for a resource as it was; neither: as it is. A version goes before a time.</summary>
public sealed record PastQuery
{
    /// <summary>Right after this version.</summary>
    [Range(1, int.MaxValue)]
    public int? Version { get; init; }

    /// <summary>At this time, UTC.</summary>
    public DateTimeOffset? AsOf { get; init; }
}

/// <summary>Reading aggregates as they were.</summary>
public static class PastQueries
{
    /// <summary>The view asked for; null where it does not exist, or did not.</summary>
    public static Task<TView?> Get<TCommand, TView>(this IAggregateGrain<TCommand, TView> grain, PastQuery past)
        where TView : class =>
        past.Version is { } version ? grain.GetVersion(version)
        : past.AsOf is { } time ? grain.GetAsOf(time)
        : grain.Get();
}
