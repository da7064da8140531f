using Tms.EndToEnd.Tests.Hosting;

namespace Tms.EndToEnd.Tests.Invoices;

/// <summary>Commands repeated with their Idempotency-Key.</summary>
public abstract class InvoiceRepeatTests(ApiFixture api)
{
    private const string Invoices = "/api/v2/economy/invoices";
    private const string Key = "Idempotency-Key";

    [Fact]
    public async Task A_repeat_gets_the_first_answer_and_does_nothing()
    {
        var lead = (await api.NewCompany()).Lead;
        var key = Some.Key();
        var first = (await lead.Post(Invoices, Some.Invoice(), (Key, key))).Expect(201);
        var again = (await lead.Post(Invoices, Some.Invoice(), (Key, key))).Expect(201);
        Assert.Equal((first.Body, first.ETag, first.Headers.Location), (again.Body, again.ETag, again.Headers.Location));
        Assert.Equal((false, true), (first.IsReplay, again.IsReplay));
        Assert.Equal(1, (await lead.Get($"{Invoices}?includeTotal=true")).Expect(200)["total"].GetInt64());
    }

    [Fact]
    public async Task A_hundred_at_once_do_it_once_and_all_get_the_answer()
    {
        var lead = (await api.NewCompany()).Lead;
        var key = Some.Key();
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 100).Select(async _ => (await lead.Post(Invoices, Some.Invoice(), (Key, key))).Expect(201)));
        Assert.Single(answers.Select(a => a.Body).Distinct());
        Assert.Single(answers, a => !a.IsReplay);
        Assert.Equal(1, (await lead.Get($"{Invoices}?includeTotal=true")).Expect(200)["total"].GetInt64());
    }

    [Fact]
    public async Task A_hundred_payments_with_one_key_pay_once()
    {
        var lead = (await api.NewCompany()).Lead;
        var id = (await lead.Post(Invoices, Some.Invoice())).Expect(201).Id;
        (await lead.Post($"{Invoices}/{id}/send")).Expect(200);
        var key = Some.Key();
        await Task.WhenAll(Enumerable.Range(0, 100)
            .Select(async _ => (await lead.Post($"{Invoices}/{id}/pay", new { amount = 1m }, (Key, key))).Expect(200)));
        Assert.Equal(1m, (await lead.Get($"{Invoices}/{id}")).Expect(200)["totals"].GetProperty("paid").GetDecimal());
    }

    [Fact]
    public async Task A_repeat_whose_path_is_spelled_otherwise_is_the_same_command()
    {
        var lead = (await api.NewCompany()).Lead;
        var key = Some.Key();
        var id = (await lead.Post(Invoices, Some.Invoice(), (Key, key))).Expect(201).Id;
        foreach (var path in (string[])[Invoices + "/", "/api/v2/Economy/Invoices", "/API/v2/economy/invoices/"])
            Assert.Equal(
                (id, true),
                (await lead.Post(path, Some.Invoice(), (Key, key))).Expect(201) is var again ? (again.Id, again.IsReplay) : default);
        (await lead.Post($"{Invoices}/{id}/send")).Expect(200);
        (await lead.Post($"{Invoices}/{id}/pay", new { amount = 10m }, (Key, key))).Expect(200);
        foreach (var spelled in (string[])[$"{id}".ToUpperInvariant(), $"{id:N}", $"{{{id}}}", $"({id})"])
            Assert.True(
                (await lead.Post($"{Invoices}/{Uri.EscapeDataString(spelled)}/pay/", new { amount = 10m }, (Key, key)))
                    .Expect(200).IsReplay, spelled);
        Assert.Equal(10m, (await lead.Get($"{Invoices}/{id}")).Expect(200)["totals"].GetProperty("paid").GetDecimal());
    }

    [Fact]
    public async Task The_same_key_with_another_command_is_refused()
    {
        var lead = (await api.NewCompany()).Lead;
        var key = Some.Key();
        (await lead.Post(Invoices, Some.Invoice(1m), (Key, key))).Expect(201);
        (await lead.Post(Invoices, Some.Invoice(2m), (Key, key))).ExpectProblem(422, "idempotency_key_reused");
    }

    [Fact]
    public async Task A_key_belongs_to_company_caller_and_address()
    {
        var (one, another) = (await api.NewCompany(), await api.NewCompany());
        var key = Some.Key();
        var first = (await one.Lead.Post(Invoices, Some.Invoice(), (Key, key))).Expect(201);
        Assert.NotEqual(first.Id, (await another.Lead.Post(Invoices, Some.Invoice(), (Key, key))).Expect(201).Id);
        Assert.NotEqual(first.Id, (await api.Admin.For(one.Id).Post(Invoices, Some.Invoice(), (Key, key))).Expect(201).Id);
        (await one.Lead.Post($"{Invoices}/{first.Id}/send", null, (Key, key))).Expect(200);
    }

    [Fact]
    public async Task A_repeat_is_answered_although_the_state_would_refuse_it_by_now()
    {
        var lead = (await api.NewCompany()).Lead;
        var id = (await lead.Post(Invoices, Some.Invoice())).Expect(201).Id;
        var (send, pay) = (Some.Key(), Some.Key());
        var sent = (await lead.Post($"{Invoices}/{id}/send", null, (Key, send))).Expect(200);
        var paid = (await lead.Post($"{Invoices}/{id}/pay", null, (Key, pay))).Expect(200);
        Assert.Equal(sent.Body, (await lead.Post($"{Invoices}/{id}/send", null, (Key, send))).Expect(200).Body);
        Assert.Equal(paid.Body, (await lead.Post($"{Invoices}/{id}/pay", null, (Key, pay))).Expect(200).Body);
        (await lead.Post($"{Invoices}/{id}/pay", null, (Key, Some.Key()))).Expect(409);
    }

    [Fact]
    public async Task The_same_body_written_another_way_is_the_same_command()
    {
        var lead = (await api.NewCompany()).Lead;
        var key = Some.Key();
        var first = (await lead.PostText(
            Invoices, """{"customer":{"name":"A"},"lines":[{"description":"x","unitPrice":1,"vatRate":25}]}""", (Key, key))).Expect(201);
        var again = (await lead.PostText(
            Invoices, """{ "lines":[{"vatRate":25.0,"unitPrice":1.00,"description":"x"}], "customer":{"name":"A"} }""", (Key, key)))
            .Expect(201);
        Assert.Equal(first.Body, again.Body);
    }

    [Theory]
    [InlineData(256, 'k')]
    [InlineData(0, 'k')]
    [InlineData(3, '\t')]
    public async Task A_key_that_is_none_is_refused(int length, char letter)
    {
        var lead = (await api.NewCompany()).Lead;
        (await lead.Post(Invoices, Some.Invoice(), (Key, $"{new string(letter, length)}{(letter == 'k' ? "" : "k k")}")))
            .ExpectProblem(400, "invalid_idempotency_key");
    }
}

[Collection(SqliteCollection.Name)]
public sealed class InvoiceRepeatOnSqlite(SqliteApi api) : InvoiceRepeatTests(api);

[Collection(PostgresCollection.Name)]
public sealed class InvoiceRepeatOnPostgres(PostgresApi api) : InvoiceRepeatTests(api);
