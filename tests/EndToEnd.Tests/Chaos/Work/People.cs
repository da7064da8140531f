using System.Collections.Concurrent;
using System.Diagnostics;
using Tms.Domain.Users;
using Tms.EndToEnd.Tests.Chaos.Nodes;
using Tms.EndToEnd.Tests.Hosting;

namespace Tms.EndToEnd.Tests.Chaos.Work;

/// <summary>Who works in the companies, with tokens that hold however long a run takes.</summary>
internal sealed class People(RealCluster cluster, TokenPress press, IReadOnlyList<Company> companies) : IAsyncDisposable
{
    private static readonly TimeSpan Renewal = TimeSpan.FromMinutes(5);
    private readonly ConcurrentDictionary<Guid, (string Token, long Made)> _tokens = new();

    public IReadOnlyList<Company> Companies => companies;

    public static async Task<People> Of(RealCluster cluster, int companies)
    {
        var anonymous = new Client(() => cluster.Apis[0].Http);
        var registered = await Task.WhenAll(Enumerable.Range(0, companies).Select(_ => Hosting.Companies.Register(anonymous)));
        return new People(cluster, await TokenPress.On(cluster.Site), registered);
    }

    /// <summary>A token of the person who runs a company, and so sees all of it.</summary>
    public string Token(Company company)
    {
        if (_tokens.TryGetValue(company.Id, out var kept) && Stopwatch.GetElapsedTime(kept.Made) < Renewal) return kept.Token;
        var token = press.Token(Role.Hovedbruker, company.Id, company.LeadId);
        _tokens[company.Id] = (token, Stopwatch.GetTimestamp());
        return token;
    }

    public Client Lead(Company company, ClusterNode node) => new(() => node.Http, Token(company));

    /// <summary>The administrator of the environment.</summary>
    public async Task<Client> Admin()
    {
        var anonymous = new Client(() => cluster.Apis[0].Http);
        var login = (await anonymous.Post("/api/v2/auth/login", new { email = ApiSite.Admin.Email, password = ApiSite.Admin.Password }))
            .Expect(200);
        return anonymous.With(login["accessToken"].GetString());
    }

    public ValueTask DisposeAsync() => press.DisposeAsync();
}
