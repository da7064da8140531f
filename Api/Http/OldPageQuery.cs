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

    /// <summary>The rows of the whole list where its last page tells them; else null, and they are to be counted.</summary>
    internal long? TotalOf<T>(ReadModels.Hosting.Page<T> page) =>
        page.Next is null && (page.Items.Count > 0 || Page == 1) ? ToRequest().Offset + page.Items.Count : null;

    internal JsonAnswer Answer<T>(IEnumerable<T> rows, long total) => new(new OldPage<T>([.. rows], new Pagination(Page, Limit, total)));
}
