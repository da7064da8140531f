using Tms.Domain.Shared;
using Tms.Domain.Users;
using Tms.EventStore;
using Tms.ReadModels.Hosting;

namespace Tms.ReadModels.Users;

/// <summary>Lists of users.</summary>
public sealed class UserList(IDatabase database)
{
    internal static readonly StateTable<User> Table = new(
        TmsAggregates.Users, [new("search_name", ColumnType.Text), new("email", ColumnType.Text)],
        u => [SearchText.Of($"{u.FirstName} {u.LastName}"), u.Email]);

    /// <summary>One page of a company's users, by when they joined.</summary>
    public Task<Page<StateRow<User>>> OfCompany(TenantId tenant, string? search, PageRequest page, CancellationToken cancel) =>
        Filtered(tenant, search).Find(database, new(null, false), page, Table.Row, u => new Keyset(null, u.CreatedSequence), cancel);

    /// <summary>How many of a company's users a search lets through.</summary>
    public Task<long> CountOfCompany(TenantId tenant, string? search, CancellationToken cancel) =>
        Filtered(tenant, search).Count(database, cancel);

    /// <summary>Users of every company and the platform, by id: for platform administrators only.</summary>
    public Task<IReadOnlyList<User>> All(Guid after, int limit, int offset, CancellationToken cancel) =>
        Table.All(database, after, limit, offset, cancel);

    /// <summary>How many users there are in all: for platform administrators only.</summary>
    public Task<long> CountAll(CancellationToken cancel) => Table.CountAll(database, cancel);

    /// <summary>Whether anybody has ever been made: false on the very first start.</summary>
    public async Task<bool> Any(CancellationToken cancel) =>
        (await database.Query("select 1 from users limit 1", _ => 1, cancel)).Count > 0;

    private static ListQuery Filtered(TenantId tenant, string? search)
    {
        var query = Table.Of(tenant);
        return search is not null && SearchText.Of(search) is { Length: > 0 } prefix
            ? query.And(
                "((search_name >= @q and search_name < @qEnd) or (email >= @q and email < @qEnd))", ("q", prefix),
                ("qEnd", SearchText.After(prefix)))
            : query;
    }
}
