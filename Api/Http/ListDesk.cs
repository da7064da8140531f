using Microsoft.AspNetCore.Mvc;
using Tms.Api.Tenancy;
using Tms.ReadModels.Hosting;

namespace Tms.Api.Http;

/// <summary>Answers requests for lists: opens and seals cursors, and counts where that is asked for.</summary>
public sealed class ListDesk(Cursors cursors)
{
    /// <summary>One page of a company's list; 400 <c>invalid_cursor</c> where its cursor does not open.</summary>
    /// <param name="http">The request.</param>
    /// <param name="list">Name and order of the list: a cursor opens for these alone.</param>
    /// <param name="query">What part is asked for.</param>
    /// <param name="find">Reads a page.</param>
    /// <param name="count">Counts the whole list.</param>
    /// <param name="item">A row as callers see it.</param>
    public async Task<ActionResult> Answer<TRow, TItem>(
        HttpContext http, (string Name, string Order) list, PageQuery query,
        Func<PageRequest, Task<ReadModels.Hosting.Page<TRow>>> find, Func<Task<long>> count, Func<TRow, TItem> item)
    {
        var scope = new CursorScope(http.Tenant(), list.Name, list.Order);
        if (cursors.Open(scope, query.Cursor, query.Limit) is not { } page) return Cursors.Invalid().ToResult();
        var total = query.IncludeTotal ? await count() : (long?)null;
        return cursors.Answer(scope, await find(page), item, total);
    }

    /// <summary>One page of a list across companies, by id; 400 <c>invalid_cursor</c> where its cursor does not open.</summary>
    /// <param name="name">Name of the list.</param>
    /// <param name="query">What part is asked for.</param>
    /// <param name="find">Reads at most so many rows after an id.</param>
    /// <param name="count">Counts the whole list.</param>
    /// <param name="id">Id of an item.</param>
    public async Task<ActionResult> AnswerAll<TItem>(
        string name, PageQuery query, Func<Guid, int, Task<IEnumerable<TItem>>> find, Func<Task<long>> count, Func<TItem, Guid> id)
    {
        var scope = PlatformPages.Scope(name);
        if (cursors.After(scope, query.Cursor) is not { } after) return Cursors.Invalid().ToResult();
        var found = (await find(after, query.Limit + 1)).ToList();
        return cursors.Answer(scope, found, query.Limit, id, query.IncludeTotal ? await count() : null);
    }
}
