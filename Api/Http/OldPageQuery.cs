using System.ComponentModel.DataAnnotations;
using Tms.ReadModels.Hosting;

namespace Tms.Api.Http;

/// <summary>A page by number, as lists of v1 take it.</summary>
public record OldPageQuery
{
    /// <summary>From 1.</summary>
    [Range(1, 100_000)]
    public int Page { get; init; } = 1;

    /// <summary>Rows a page.</summary>
    [Range(1, 100)]
    public int Limit { get; init; } = 20;

    internal PageRequest ToRequest() => new(Limit, Offset: (Page - 1) * Limit);

    internal JsonAnswer Answer<T>(IEnumerable<T> rows, long total) => new(new OldPage<T>([.. rows], new Pagination(Page, Limit, total)));
}
