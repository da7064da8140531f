using System.Text.Json.Serialization;
using Tms.Domain.Shared;

namespace Tms.Grains.Abstractions.Projections;

/// <summary>Rebuilds one table that queries read, once at a time in the whole cluster. Key: the table's name.</summary>
[Alias("tms.projection")]
public interface IProjectionGrain : IGrainWithStringKey
{
    /// <summary>Begins a rebuild, unless one is under way; answers at once.</summary>
    [Alias("Rebuild")]
    Task<RebuildView> Rebuild();

    /// <summary>
    /// What became of the last rebuild; soft: a silo that ends forgets it, and its rebuild, which can be asked for again.
    /// </summary>
    [Alias("Get")]
    Task<RebuildView> Get();
}

/// <summary>A rebuild of one table.</summary>
/// <param name="State">Where it is.</param>
/// <param name="StartedAt">When it began; null: never, as far as is known.</param>
/// <param name="FinishedAt">When it ended, well or not.</param>
/// <param name="Error">Why it failed.</param>
[GenerateSerializer, Immutable, Alias("tms.rebuild-view")]
public sealed record RebuildView(
    [property: Id(0)] RebuildState State,
    [property: Id(1)] DateTimeOffset? StartedAt = null,
    [property: Id(2)] DateTimeOffset? FinishedAt = null,
    [property: Id(3)] string? Error = null);

/// <summary>Where a rebuild is.</summary>
[JsonConverter(typeof(EnumConverter<RebuildState>))]
public enum RebuildState
{
    /// <summary>None was asked for since this part of the cluster started.</summary>
    [JsonStringEnumMemberName("idle")]
    Idle,

    /// <summary>It is under way; queries show the rows of before until a company's are done.</summary>
    [JsonStringEnumMemberName("running")]
    Running,

    /// <summary>All rows are new.</summary>
    [JsonStringEnumMemberName("done")]
    Done,

    /// <summary>It stopped; what was done stays, what was not is as before.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,
}
