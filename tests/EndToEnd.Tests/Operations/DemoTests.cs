using Tms.EndToEnd.Tests.Hosting;

namespace Tms.EndToEnd.Tests.Operations;

/// <summary>The real program with --demo.</summary>
public sealed class DemoTests
{
    private const string Invoices = "/api/v2/economy/invoices?limit=100";

    [Fact]
    public async Task An_empty_store_is_filled_once()
    {
        using var site = await ApiSite.OnSqlite();
        await using var first = await site.Host("--demo");
        var lead = await Login(first, "HOVEDBRUKER");

        foreach (var role in (string[])["BRUKER", "ELEV"]) (await (await Login(first, role)).Get("/api/v2/users/profile")).Expect(200);
        Assert.Equal(3, (await lead.Get("/api/v2/users/company")).Expect(200)["items"].GetArrayLength());
        Assert.Equal(4, (await lead.Get("/api/v2/economy/customers")).Expect(200)["items"].GetArrayLength());
        await Overdue(lead).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        var before = (await lead.Get(Invoices)).Expect(200);
        Assert.Equal(
            ["cancelled", "draft", "paid", "partially_paid", "sent", "sent overdue"],
            before["items"].EnumerateArray()
                .Select(i => i.GetProperty("status").GetString() + (i.GetProperty("isOverdue").GetBoolean() ? " overdue" : "")).Order()
                .AsEnumerable());
        Assert.Equal(0, await first.Stop());

        await using var second = await site.Host("--demo");
        Assert.Contains("Demo data is there already", second.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("hovedbruker@demo.example", second.Output, StringComparison.Ordinal);
        Assert.Equal(before.Body, (await new Client(() => second.Http, lead.Token).Get(Invoices)).Expect(200).Body);
    }

    [Fact]
    public async Task What_a_killed_start_left_undone_is_completed_and_nothing_is_there_twice()
    {
        using var site = await ApiSite.OnSqlite();
        await using (var first = await site.Begin("--demo"))
        {
            await first.Line("ELEV");
            await first.Kill();
        }

        await using var second = await site.Host("--demo");
        var admin = new Client(() => second.Http);
        admin = admin.With(
            (await admin.Post("/api/v2/auth/login", new { email = ApiSite.Admin.Email, password = ApiSite.Admin.Password }))
                .Expect(200)["accessToken"].GetString());
        var users = (await admin.Get("/api/v2/users")).Expect(200)["items"].EnumerateArray().ToArray();
        Assert.Equal(4, users.Length);
        var company = users.Single(u => u.GetProperty("role").GetString() == "HOVEDBRUKER").GetProperty("companyId").GetGuid();
        Assert.Equal(6, (await admin.For(company).Get(Invoices)).Expect(200)["items"].GetArrayLength());
        Assert.Equal(4, (await admin.For(company).Get("/api/v2/economy/customers")).Expect(200)["items"].GetArrayLength());
    }

    [Fact]
    public async Task A_store_that_others_use_is_left_alone()
    {
        using var site = await ApiSite.OnSqlite();
        await using var first = await site.Host();
        await Companies.Register(new Client(() => first.Http));
        await first.Stop();

        await using var second = await site.Host("--demo");

        Assert.Contains("no demo data was added", second.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("@demo.example", second.Output, StringComparison.Ordinal);
    }

    private static async Task<Client> Login(RunningApi api, string role)
    {
        var line = (await api.Line(role)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var anonymous = new Client(() => api.Http);
        var login = (await anonymous.Post("/api/v2/auth/login", new { email = line[1], password = line[2] })).Expect(200);
        Assert.Equal(role, login["user"].GetProperty("role").GetString());
        return anonymous.With(login["accessToken"].GetString());
    }

    private static async Task Overdue(Client lead)
    {
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while ((await lead.Get($"{Invoices}&overdue=true")).Expect(200)["items"].GetArrayLength() == 0)
            await poll.WaitForNextTickAsync(TestContext.Current.CancellationToken);
    }
}
