using Tms.Domain.Users;

namespace Tms.ReadModels.Users;

/// <summary>Finds leaders among the users of a home, page by page: as a rule whoever registered a company is on the first one.</summary>
internal sealed class LeaderQuery(UserList users) : ILeaders
{
    private const int Most = 10;
    private const int Page = 100;

    public async Task<IReadOnlyList<Guid>> Find(Guid tenant, Guid except, CancellationToken cancel)
    {
        var found = new List<Guid>();
        var page = await users.OfCompany(new(tenant), null, new(Page), cancel);
        while (true)
        {
            found.AddRange(page.Items.Where(row => row.State.Id != except && Leader.Of(row.State) is not null).Select(row => row.State.Id));
            if (found.Count >= Most || page.Next is not { } next) return [.. found.Take(Most)];
            page = await users.OfCompany(new(tenant), null, new(Page, next), cancel);
        }
    }
}
