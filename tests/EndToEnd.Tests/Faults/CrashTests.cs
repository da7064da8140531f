using Tms.EndToEnd.Tests.Hosting;
using Tms.EndToEnd.Tests.Realtime;
using Tms.Testing;
using Tms.Testing.Live;
using Tms.Testing.Postgres;

namespace Tms.EndToEnd.Tests.Faults;

public sealed class CrashTests
{
    private const string Invoices = "/api/v2/economy/invoices";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_acknowledged_is_lost_or_done_twice_when_the_process_is_killed(bool postgres)
    {
        using var site = postgres ? await ApiSite.OnPostgres() : await ApiSite.OnSqlite();
        var (company, load) = await Interrupt(site, api => api.Kill());
        await using var api = await site.Host();
        var lead = await Companies.LogIn(new(() => api.Http), company.Email);
        await load.Repeat(lead);
        await NumbersHaveNoGaps(lead);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_stop_finishes_what_is_in_flight_and_ends_well(bool postgres)
    {
        using var site = postgres ? await ApiSite.OnPostgres() : await ApiSite.OnSqlite();
        var took = TimeSpan.Zero;
        var (company, load) = await Interrupt(site, async api =>
        {
            using var since = WorkingTime.Start();
            Assert.Equal(0, await api.Stop());
            took = since.Elapsed;
        });
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(30));
        Assert.All(load.Refused, answer => answer.Expect(503));
        await using var api = await site.Host();
        var lead = await Companies.LogIn(new(() => api.Http), company.Email);
        await load.Repeat(lead);
        await NumbersHaveNoGaps(lead);
    }

    [Fact]
    public async Task A_database_that_is_away_is_told_and_found_again()
    {
        await using var server = await PostgresServer.Create();
        using var site = ApiSite.On(await PostgresDatabases.CreateDatabase(server.ConnectionString));
        await using var api = await site.Start();
        var company = await Companies.Register(new(() => api.Http));
        var load = new Load(company.Lead);
        var work = load.Run(people: 4, enough: 40);
        await load.Busy;
        await server.Stop();
        var refused = await UntilStatus(company.Lead, 503);
        Assert.InRange(int.Parse(refused.Header("Retry-After")!, System.Globalization.CultureInfo.InvariantCulture), 1, 60);
        (await company.Lead.Get(Invoices)).ExpectProblem(503, "unavailable");
        (await company.Lead.Get("/health/ready")).Expect(503);
        (await company.Lead.Get("/health/live")).Expect(200);
        await server.Start();
        await UntilStatus(company.Lead, 201);
        load.Stop();
        await work;
        Assert.All(load.Refused, answer => answer.ExpectProblem(503, "unavailable"));
        await load.Repeat(company.Lead);
        await NumbersHaveNoGaps(company.Lead);
        await using var live = await LiveClient.Connect(api.Http, company.Lead.Token);
        await LiveWork.SentAndPaid(company.Lead);
        await live.Until(all => all.Count(r => r.Target == "event") == 3);
    }

    [Fact]
    public async Task A_database_that_became_another_one_ends_the_process()
    {
        await using var server = await PostgresServer.Create();
        using var site = ApiSite.On(await PostgresDatabases.CreateDatabase(server.ConnectionString));
        await using var api = await site.Start();
        await Companies.Register(new(() => api.Http));
        await server.Recover();
        await api.Said("What the process remembers may be lost");
        Assert.Equal(1, await api.Ended());
    }

    private static async Task<(Company Company, Load Load)> Interrupt(ApiSite site, Func<ApiProcess, Task> end)
    {
        await using var api = await site.Start();
        var company = await Companies.Register(new(() => api.Http));
        var load = new Load(company.Lead);
        var work = load.Run(people: 16, enough: 200);
        await load.Busy;
        await end(api);
        load.Stop();
        await work;
        return (company, load);
    }

    private static async Task<Answer> UntilStatus(Client lead, int status)
    {
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var answer = await lead.Post(Invoices, Some.Invoice());
            if (answer.Status == status) return answer;
            await poll.WaitForNextTickAsync(limit.Token);
        }
    }

    private static async Task NumbersHaveNoGaps(Client lead)
    {
        var (numbers, cursor) = (new List<long>(), "");
        do
        {
            var page = (await lead.Get($"{Invoices}?limit=100&sort=number&status=sent{cursor}")).Expect(200);
            numbers.AddRange(page["items"].EnumerateArray().Select(item => item.GetProperty("number").GetInt64()));
            cursor = page["nextCursor"].GetString() is { } next ? "&cursor=" + next : null;
        }
        while (cursor is not null);
        Assert.Equal(Enumerable.Range(1, numbers.Count).Select(n => (long)n), numbers);
        Assert.NotEmpty(numbers);
    }
}
