using Tms.Domain.Users;
using Tms.EndToEnd.Tests.Hosting;
using Tms.Testing.Live;

namespace Tms.EndToEnd.Tests.Roles;

/// <summary>
/// Every address of both versions × every caller × one's own and another company's things, wherever a request can name them (contract,
/// section 4).
/// </summary>
[Collection(SqliteCollection.Name)]
public sealed class AccessMatrixTests(SqliteApi api)
{
    private static readonly Role[] Roles = Enum.GetValues<Role>();
    private static readonly Role[] OfCompanies = [Role.Elev, Role.Bruker, Role.Hovedbruker];

    [Fact]
    public async Task The_least_role_of_every_address_is_the_one_of_its_permission()
    {
        await using var matrix = await AccessMatrix.Of(api.Anonymous);
        foreach (var cell in matrix.Cells.Where(cell => cell.Permission is not null))
        {
            var least = Roles.First(role => role.May(cell.Permission!.Value));
            matrix.Note(least == cell.Least, $"{cell}: {cell.Least} in the table, {least} by {cell.Permission}");
        }

        matrix.Note(
            matrix.Cells.Where(cell => cell.Permission is null).All(cell => cell.Least == RoleMatrixTests.Nobody),
            "only what is open needs no permission");
    }

    [Fact]
    public async Task Whoever_may_only_its_own_reaches_that_and_nobody_elses()
    {
        var company = await api.NewCompany();
        await using var matrix = await AccessMatrix.Of(api.Anonymous);
        foreach (var cell in matrix.Cells.Where(cell => cell.Own is not null))
        {
            foreach (var role in OfCompanies.Where(role => role < cell.Least))
            {
                matrix.Note(cell.LetsIn(role), $"{cell} is for {role} too, about itself");
                matrix.LetsThrough(await cell.Ask(api.As(role, company), company.LeadId), $"{cell} by {role}, its own");
                matrix.Expect(
                    await cell.Ask(api.As(role, company), Guid.NewGuid()), $"{cell} by {role}, somebody else's", [403], "forbidden");
            }
        }

        Assert.Equal(
            ["GET /api/v2/users/{id}", "GET /api/v2/users/{id}/export"],
            matrix.Cells.Where(cell => cell.Own is not null).Select(cell => cell.ToString()).Order());
    }

    [Fact]
    public async Task Nobody_may_name_another_company_in_the_header()
    {
        var (own, other) = (await api.NewCompany(), await api.NewCompany());
        await using var matrix = await AccessMatrix.Of(api.Anonymous);
        foreach (var cell in matrix.Cells.Where(cell => cell.Least > RoleMatrixTests.Nobody))
        {
            foreach (var role in OfCompanies)
                matrix.Expect(
                    await cell.Ask(api.As(role, own).For(other.Id), Guid.NewGuid()), $"{cell} by {role} for another company",
                    [cell.LetsIn(role) ? 404 : 403]);
            matrix.Expect(
                await cell.Ask(api.Admin.For(Guid.CreateVersion7()), Guid.NewGuid()), $"{cell} by an ADMIN for no company", [404]);
            if (cell.OfCompany)
                matrix.Expect(
                    await cell.Ask(api.Admin, Guid.NewGuid()), $"{cell} by an ADMIN without a company", [400], "company_required");
        }
    }

    [Fact]
    public async Task Another_companys_things_do_not_exist()
    {
        var (own, other) = (await api.NewCompany(), await Estate.Of(api));
        await using var matrix = await AccessMatrix.Of(api.Anonymous);
        var before = (await LiveClient.Head(api.Process.Http, other.Company.Lead.Token)).Position;
        foreach (var cell in matrix.Cells.Where(cell => cell.NamesOne))
        {
            var (named, body) = (other.Named(cell), Estate.BodyOf(cell));
            foreach (var role in OfCompanies.Where(role => role >= cell.Least))
                matrix.Expect(await named.Ask(api.As(role, own), body), $"{cell} by {role}, another company's", [404]);
            if (!cell.Path.Contains("/companies/", StringComparison.Ordinal))
                matrix.Expect(await named.Ask(api.Admin.For(own.Id), body), $"{cell} by an ADMIN who names another company", [404]);
        }

        matrix.Note(before == (await LiveClient.Head(api.Process.Http, other.Company.Lead.Token)).Position, "the other company's log");
        foreach (var cell in matrix.Cells.Where(cell => cell.NamesOne)
            .OrderBy(cell => cell.Method switch { "GET" => 0, "DELETE" => 2, _ => 1 }))
            matrix.Finds(
                await other.Named(cell).Ask(api.As(cell.Least, other.Company), Estate.BodyOf(cell)), $"{cell} by {cell.Least}, its own");
    }

    [Fact]
    public async Task Another_companys_things_cannot_be_named_in_queries_bodies_and_cursors()
    {
        var (own, other) = (await Estate.Of(api), await Estate.Of(api));
        await using var matrix = await AccessMatrix.Of(api.Anonymous);
        var customer = other.Things["/customers/{id}"];
        foreach (var role in OfCompanies.Where(role => role.May(Permission.EconomyDraft)))
        {
            var client = api.As(role, own.Company);
            matrix.Note(
                (await client.Get($"/api/v2/economy/invoices?customerId={customer}")).Expect(200)["items"].GetArrayLength() == 0,
                "a filter by another company's customer");
            matrix.Note(
                (await client.Get($"/api/v1/economy/invoices?kundeId={customer}")).Expect(200)["data"].GetArrayLength() == 0,
                "the same in v1");
            matrix.Expect(
                await client.Post("/api/v2/economy/invoices", Some.Invoice(customerId: customer)), "a body with another company's customer",
                [422], "validation_failed");
            matrix.Expect(
                await client.Post(
                    "/api/v1/economy/invoices",
                    new { kundeId = customer, fakturaLinjer = new[] { new { beskrivelse = "x", enhetspris = 1, mvaSats = 25 } } }),
                    "the same in v1", [400]);
        }

        foreach (var list in matrix.Cells.Where(cell => cell is { IsList: true, Least: < Role.Admin }))
        {
            var page = "?limit=1&cursor=" + Uri.EscapeDataString(await other.CursorOf(list));
            foreach (var client in (Client[])[own.Company.Lead, api.Admin.For(own.Company.Id)])
                matrix.Expect(
                    await client.Get(own.Named(list).Path + page), $"{list} with another company's cursor", [400], "invalid_cursor");
            matrix.Expect(await api.Admin.For(other.Company.Id).Get(other.Named(list).Path + page), $"{list} with its own", [200]);
        }
    }

    [Fact]
    public async Task A_key_may_what_its_scopes_say_and_nothing_else()
    {
        var company = await api.NewCompany();
        await using var matrix = await AccessMatrix.Of(api.Anonymous);
        foreach (var scopes in (Permission[][])[
            [Permission.CompanyRead], [Permission.EconomyRead],
            [Permission.EconomyRead, Permission.EconomyDraft, Permission.EconomyRun, Permission.Audit]])
        {
            var key = await api.Key(company, scopes);
            foreach (var cell in matrix.Cells.Where(cell => cell.Least > RoleMatrixTests.Nobody))
            {
                var answer = await cell.Ask(key, cell.Path.Contains("/companies/", StringComparison.Ordinal) ? company.Id : Guid.NewGuid());
                if (scopes.Contains(cell.Permission!.Value)) matrix.LetsThrough(answer, $"{cell} by a key with {string.Join(' ', scopes)}");
                else matrix.Expect(answer, $"{cell} by a key with {string.Join(' ', scopes)}", [403], "forbidden");
            }
        }
    }

    [Fact]
    public async Task What_needs_a_module_is_closed_to_everybody_where_it_is_not_active()
    {
        var company = await api.NewCompany();
        await using var matrix = await AccessMatrix.Of(api.Anonymous);
        var key = await api.Key(company, Permission.EconomyRead, Permission.EconomyDraft, Permission.EconomyRun);
        await api.SetModules(company);
        foreach (var cell in matrix.Cells.Where(cell => cell.NeedsModule))
        {
            foreach (var role in Roles)
                matrix.Expect(
                    await cell.Ask(api.As(role, company), Guid.NewGuid()), $"{cell} by {role} without the module", [403],
                    role < cell.Least ? "forbidden" : "module_not_active");
            matrix.Expect(await cell.Ask(key, Guid.NewGuid()), $"{cell} by a key without the module", [403], "module_not_active");
        }

        foreach (var cell in matrix.Cells.Where(cell => cell.Permission is not null && !cell.NeedsModule))
            matrix.LetsThrough(await cell.Ask(api.As(cell.Least, company), Guid.NewGuid()), $"{cell} needs no module");
        matrix.Note(
            (await api.Anonymous.Get("/services")).Status == 200 && (await api.Anonymous.Get("/health")).Status == 200,
            "services and health stay");
    }

    [Fact]
    public async Task Rooms_of_others_are_closed_to_every_role_and_to_keys()
    {
        var (own, other) = (await api.NewCompany(), await api.NewCompany());
        await using var matrix = await AccessMatrix.Of(api.Anonymous);
        var key = await api.Key(own, Permission.EconomyRead);
        foreach (var (who, token, role) in OfCompanies.Select(role => (role.ToString(), api.As(role, own).Token, (Role?)role))
            .Append(("a key", key.Token, null)))
        {
            await using var live = await LiveClient.Connect(api.Process.Http, token);
            string[] closed =
            [
                $"company:{other.Id}", $"user:{other.LeadId}", "role:ADMIN",
                .. OfCompanies.Where(r => r != role).Select(r => $"role:{r.ToWire()}"),
                .. role is null ? new[] { $"user:{own.LeadId}" } : [],
            ];
            await live.Invoke("Subscribe", new { channels = closed });
            await live.Until(all => all.Count(r => r.Target == "error") == closed.Length);
            foreach (var (room, error) in closed.Zip(live.Of("error"))) matrix.Note(
                error.Code == "channel_forbidden" && error.Payload.GetProperty("channel").GetString() == room, $"{room} by {who}");

            await using var elsewhere = new LiveClient(api.Process.Http, token, $"?companyId={other.Id}");
            await elsewhere.Start();
            matrix.Note(
                (await elsewhere.Closed())?.Contains("company_forbidden", StringComparison.Ordinal) == true,
                $"?companyId of another company by {who}");
        }
    }
}
