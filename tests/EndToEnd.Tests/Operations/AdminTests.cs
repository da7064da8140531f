using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Tms.Domain.Shared;
using Tms.Domain.Users;
using Tms.EndToEnd.Tests.Hosting;
using Tms.EventStore;

namespace Tms.EndToEnd.Tests.Operations;

/// <summary>What an operator can see and mend.</summary>
public abstract class AdminTests(ApiFixture api)
{
    private const string Admin = "/api/v2/admin";

    [Fact]
    public async Task Only_an_administrator_of_the_platform_gets_in()
    {
        var company = await api.NewCompany();
        var id = Guid.CreateVersion7();
        foreach (var (method, path) in ((HttpMethod, string)[])
        [
            (HttpMethod.Get, "dead-letters"), (HttpMethod.Post, $"dead-letters/{id}/retry"), (HttpMethod.Get, "projections"),
            (HttpMethod.Post, "projections/invoices/rebuild"),
            (HttpMethod.Get, $"streams/{company.Id}"), (HttpMethod.Get, "cluster"),
        ])
        {
            (await api.Anonymous.Send(method, $"{Admin}/{path}", null)).ExpectProblem(401, "unauthenticated");
            foreach (var role in (Role[])[Role.Elev, Role.Bruker, Role.Hovedbruker])
                (await api.As(role, company).Send(method, $"{Admin}/{path}", null)).ExpectProblem(403, "forbidden");
            Assert.Contains((await api.Admin.Send(method, $"{Admin}/{path}", null)).Status, (int[])[200, 202, 404]);
            (await api.Admin.Send(method, $"/api/v1/admin/{path}", null)).Expect(400);
        }
    }

    [Fact]
    public async Task Dead_letters_are_listed_page_by_page_and_each_can_be_retried()
    {
        await using var store = StoreOf.Open(api.Site);
        var letters = store.GetRequiredService<IReactorCursors>();
        TenantId[] tenants = [.. new[] { new TenantId((await api.NewCompany()).Id), new TenantId((await api.NewCompany()).Id) }.OrderBy(
            t => t.ToString(), StringComparer.Ordinal)];
        var written = new List<DeadLetter>();
        foreach (var tenant in tenants)
        {
            for (var n = 1; n <= 3; n++)
            {
                var letter = new DeadLetter(
                    new("nobody", tenant, new(n)), Guid.CreateVersion7(), "INVOICE_SENT", 5, "IOException: away", 1_700_000_000_000_000);
                await letters.AddDeadLetter(letter, null, TestContext.Current.CancellationToken);
                written.Add(letter);
            }
        }

        await letters.AddDeadLetter(
            written[0] with { Key = written[0].Key with { Reactor = "nobody-else" } }, null, TestContext.Current.CancellationToken);
        var shown = await All(api.Admin);
        var last = (await api.Admin.Get($"{Admin}/dead-letters?limit=1&includeTotal=true")).Expect(200);

        Assert.Equal(
            written.Select(l => (l.Id, l.Key.Sequence.Value)),
            shown.Where(l => l.GetProperty("reactor").GetString() == "nobody")
                .Select(l => (l.GetProperty("id").GetGuid(), l.GetProperty("position").GetInt64())));
        Assert.Equal(shown.Count, shown.Select(l => l.GetProperty("id").GetGuid()).Distinct().Count());
        Assert.Equal(shown.Count, last["total"].GetInt32());
        Assert.Equal(
            ("INVOICE_SENT", 5, "IOException: away", tenants[0].Value, "2023-11-14T22:13:20Z"),
            (shown[0].GetProperty("eventType").GetString()!, shown[0].GetProperty("attempts").GetInt32(),
            shown[0].GetProperty("error").GetString()!, shown[0].GetProperty("companyId")
                .GetGuid(), shown[0].GetProperty("failedAt").GetString()!));
        Assert.Equal(3, (await All(api.Admin.For(tenants[1].Value))).Count);

        (await api.Admin.For(tenants[1].Value).Post($"{Admin}/dead-letters/{written[1].Id}/retry")).ExpectProblem(404, "not_found");
        Assert.Equal(written[1].Id, (await api.Admin.Post($"{Admin}/dead-letters/{written[1].Id}/retry")).Expect(202).Id);
        Assert.Equal(
            [written[1].Key], (await letters.Retries("nobody", tenants[0], TestContext.Current.CancellationToken)).Select(l => l.Key));
        (await api.Admin.Post($"{Admin}/dead-letters/{Guid.CreateVersion7()}/retry")).ExpectProblem(404, "not_found");
        (await api.Admin.Get($"{Admin}/dead-letters?cursor=abc")).ExpectProblem(400, "invalid_cursor");
    }

    private static readonly string[] Beside = ["account_months", "invoice_terms", "ledger_lines", "vat_months", "vouchers"];

    [Fact]
    public async Task A_read_model_is_rebuilt_while_it_is_read()
    {
        var company = await api.NewCompany();
        var invoice = (await company.Lead.Post("/api/v2/economy/invoices", Some.Invoice())).Expect(201).Id;
        var names = (await api.Admin.Get($"{Admin}/projections")).Expect(200)["items"].EnumerateArray()
            .Select(p => p.GetProperty("name").GetString()!).ToArray();
        Assert.Equal(TmsAggregates.All.Where(a => a.IsListed).Select(a => a.Name.Replace('-', '_')).Concat(Beside).Order(), names);
        Assert.All(
            (await api.Admin.Get($"{Admin}/projections")).Expect(200)["items"].EnumerateArray(),
            p => Assert.Equal(0, p.GetProperty("behind").GetInt32()));

        (await api.Admin.Post($"{Admin}/projections/invoices/rebuild")).Expect(202);
        var rebuild = await Ended("invoices").WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        Assert.Equal("done", rebuild.GetProperty("state").GetString());
        Assert.True(rebuild.GetProperty("startedAt").GetDateTimeOffset() <= rebuild.GetProperty("finishedAt").GetDateTimeOffset());
        Assert.Equal(
            [invoice],
            (await company.Lead.Get("/api/v2/economy/invoices")).Expect(200)["items"].EnumerateArray()
                .Select(i => i.GetProperty("id").GetGuid()));
        (await api.Admin.Post($"{Admin}/projections/nothing/rebuild")).ExpectProblem(404, "not_found");
    }

    [Fact]
    public async Task The_raw_events_of_a_stream_are_shown_as_they_are_stored()
    {
        var company = await api.NewCompany();
        var invoice = (await company.Lead.Post("/api/v2/economy/invoices", Some.Invoice())).Expect(201).Id;
        (await company.Lead.Post($"/api/v2/economy/invoices/{invoice}/send")).Expect(200);

        var first = (await api.Admin.Get($"{Admin}/streams/{invoice}?limit=1&includeTotal=true")).Expect(200);
        var second = (await api.Admin.Get($"{Admin}/streams/{invoice}?limit=1&cursor={first["nextCursor"].GetString()}")).Expect(200);

        Assert.Equal(2, first["total"].GetInt32());
        Assert.Equal(JsonValueKind.Null, second["nextCursor"].ValueKind);
        var (created, sent) = (first["items"][0], second["items"][0]);
        Assert.Equal(
            ("INVOICE_CREATED", 1, $"invoices/{invoice}", company.Id),
            (
                created.GetProperty("type").GetString()!, created.GetProperty("version")
                    .GetInt32(), created.GetProperty("stream").GetString()!, created.GetProperty("companyId").GetGuid()));
        Assert.Equal(
            "Ålesund Frakt AS", sent.GetProperty("data").GetProperty("input").GetProperty("customer").GetProperty("name").GetString());
        Assert.Equal(company.LeadId.ToString(), sent.GetProperty("metadata").GetProperty("actor").GetString());
        Assert.Equal(64, sent.GetProperty("hash").GetString()!.Length);
        var trail = (await company.Lead.Get($"/api/v2/economy/invoices/{invoice}/events")).Expect(200)["items"].EnumerateArray()
            .Select(e => e.GetProperty("hash").GetString());
        Assert.Equal(trail, [created.GetProperty("hash").GetString(), sent.GetProperty("hash").GetString()]);

        (await api.Admin.For(company.Id).Get($"{Admin}/streams/{company.Id}")).Expect(200);
        (await api.Admin.For((await api.NewCompany()).Id).Get($"{Admin}/streams/{invoice}")).ExpectProblem(404, "not_found");
        (await api.Admin.Get($"{Admin}/streams/{Guid.CreateVersion7()}")).ExpectProblem(404, "not_found");
    }

    private static async Task<List<JsonElement>> All(Client admin)
    {
        var found = new List<JsonElement>();
        for (var cursor = ""; ;)
        {
            var page = (await admin.Get($"{Admin}/dead-letters?limit=2{cursor}")).Expect(200);
            found.AddRange(page["items"].EnumerateArray());
            if (page["nextCursor"].GetString() is not { } next) return found;
            cursor = $"&cursor={next}";
        }
    }

    private async Task<JsonElement> Ended(string name)
    {
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await poll.WaitForNextTickAsync(TestContext.Current.CancellationToken))
        {
            var all = (await api.Admin.Get($"{Admin}/projections")).Expect(200)["items"].EnumerateArray();
            var rebuild = all.Single(p => p.GetProperty("name").GetString() == name).GetProperty("rebuild");
            if (rebuild.GetProperty("state").GetString() is "done" or "failed") return rebuild;
        }

        throw new InvalidOperationException();
    }
}

[Collection(SqliteCollection.Name)]
public sealed class AdminOnSqlite(SqliteApi api) : AdminTests(api);

[Collection(PostgresCollection.Name)]
public sealed class AdminOnPostgres(PostgresApi api) : AdminTests(api);
