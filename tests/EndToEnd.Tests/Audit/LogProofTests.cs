using System.Buffers.Text;
using System.Text.Json;
using Tms.Domain.Users;
using Tms.EndToEnd.Tests.Hosting;

namespace Tms.EndToEnd.Tests.Audit;

/// <summary><c>GET|POST /api/audit/verify</c> and <c>GET /api/audit/head</c>: whether a company's log is as it was written.</summary>
public abstract class LogProofTests(ApiFixture api)
{
    private const string Verify = $"{Trail.Path}/verify";
    private const string Head = $"{Trail.Path}/head";

    [Fact]
    public async Task A_log_as_it_was_written_is_valid_and_its_head_agrees()
    {
        var company = await Written();
        var last = (await company.Lead.Audit("limit=1"))[0];
        var verified = (await company.Lead.Get(Verify)).Expect(200);
        Assert.Equal(
            ["companyId", "events", "headHash", "valid", "firstBadPosition", "reason"],
            verified.Json.EnumerateObject().Select(p => p.Name));
        Assert.Equal(
            (company.Id, last.Position(), last.Text("hash"), true),
            (
                verified["companyId"].GetGuid(), verified["events"].GetInt64(), verified["headHash"].GetString(),
                verified["valid"].GetBoolean()));
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (verified["firstBadPosition"].ValueKind, verified["reason"].ValueKind));

        var head = (await company.Lead.Get(Head)).Expect(200);
        Assert.Equal(
            (company.Id, last.Position(), last.Text("hash"), last.At()),
            (head["companyId"].GetGuid(), head["position"].GetInt64(), head["hash"].GetString(), head["time"].GetDateTimeOffset()));
        (await company.Lead.Post("/api/v2/economy/customers", Some.Customer())).Expect(201);
        var held = await Held(company.Lead, Text(head));
        Assert.Equal((true, JsonValueKind.Null), (held["valid"].GetBoolean(), held["firstBadPosition"].ValueKind));
        Assert.Equal([(last.Position(), true, null)], Verdicts(held));
    }

    [Fact]
    public async Task A_head_says_what_it_is_and_is_signed_by_a_published_key()
    {
        var company = await Written();
        var head = (await company.Lead.Get(Head)).Expect(200);
        var parts = Text(head).Split('.');
        var (header, claims) = (Part(parts[0]), Part(parts[1]));
        Assert.Equal(("ES256", "tms-head+jwt"), (header.GetProperty("alg").GetString(), header.GetProperty("typ").GetString()));
        var keys = (await api.Anonymous.Get("/.well-known/jwks.json")).Expect(200)["keys"].EnumerateArray()
            .Select(key => key.GetProperty("kid").GetString());
        Assert.Contains(header.GetProperty("kid").GetString(), keys);
        foreach (var name in (string[])["companyId", "position", "hash", "time", "epoch"])
            Assert.Equal(head[name].ToString(), Clean(claims.GetProperty(name).ToString()));
        Assert.Equal(("tms", "tms-audit-head"), (claims.GetProperty("iss").GetString(), claims.GetProperty("aud").GetString()));
        Assert.False(claims.TryGetProperty("sub", out _) || claims.TryGetProperty("exp", out _));
    }

    [Fact]
    public async Task A_changed_byte_a_missing_event_and_a_forged_end_are_named_by_their_position()
    {
        foreach (var (position, change) in (IEnumerable<(long, Func<Tampering, Task>)>)
            [
                (3, log => log.ChangeByte(3)), (1, log => log.ChangeByte(1)), (4, log => log.TakeOut(4)), (2, log => log.TakeOut(2)),
                (0, log => log.ForgeEnd())])
        {
            var company = await Written();
            await using var tampering = new Tampering(api, company.Id);
            var events = (await tampering.Log()).Count;
            await change(tampering);
            var found = (await company.Lead.Get(Verify)).Expect(200);
            Assert.Equal((false, position == 0 ? events : position), (found["valid"].GetBoolean(), found["firstBadPosition"].GetInt64()));
            Assert.NotEmpty(found["reason"].GetString()!);
            Assert.Equal(events, found["events"].GetInt64());
            // What is left can be read all the same.
            Assert.NotEmpty(await company.Lead.Audit());
        }
    }

    [Fact]
    public async Task A_cut_end_shows_against_a_head_that_was_kept()
    {
        var company = await Written();
        var (early, late) = await HeadsAround(company);
        await using var tampering = new Tampering(api, company.Id);
        await tampering.CutAfter(early.Position);
        Assert.True((await company.Lead.Get(Verify)).Expect(200)["valid"].GetBoolean());
        var held = await Held(company.Lead, late.Jws, early.Jws);
        Assert.Equal((false, early.Position + 1), (held["valid"].GetBoolean(), held["firstBadPosition"].GetInt64()));
        Assert.NotEmpty(held["reason"].GetString()!);
        Assert.Equal([(late.Position, false), (early.Position, true)], Verdicts(held).Select(v => (v.Position!.Value, v.Valid)));
    }

    [Fact]
    public async Task A_log_written_anew_shows_against_a_head_that_was_kept()
    {
        var company = await Written();
        var (early, late) = await HeadsAround(company);
        await using var tampering = new Tampering(api, company.Id);
        await tampering.Rewrite(early.Position + 1);
        Assert.True((await company.Lead.Get(Verify)).Expect(200)["valid"].GetBoolean());
        var held = await Held(company.Lead, early.Jws, late.Jws);
        Assert.Equal((false, late.Position), (held["valid"].GetBoolean(), held["firstBadPosition"].GetInt64()));
        Assert.Equal([(early.Position, true), (late.Position, false)], Verdicts(held).Select(v => (v.Position!.Value, v.Valid)));
    }

    [Fact]
    public async Task What_is_no_head_of_the_company_proves_nothing_and_a_head_opens_nothing()
    {
        var (company, other) = (await Written(), await Written());
        var (own, foreign) = (Text((await company.Lead.Get(Head)).Expect(200)), Text((await other.Lead.Get(Head)).Expect(200)));
        var parts = own.Split('.');
        var held = await Held(
            company.Lead, foreign, company.Lead.Token!, api.Token(Role.Admin, null, api.AdminId), "no.head.atall", "",
            $"{parts[0]}.{foreign.Split('.')[1]}.{parts[2]}", own);
        Assert.Equal([false, false, false, false, false, false, true], Verdicts(held).Select(v => v.Valid));
        Assert.Equal((true, JsonValueKind.Null), (held["valid"].GetBoolean(), held["reason"].ValueKind));
        (await api.Anonymous.With(own).Get(Verify)).ExpectProblem(401, "unauthenticated");
        (await api.Anonymous.With(own).Get("/api/v2/users/profile")).ExpectProblem(401, "unauthenticated");
        Assert.False((await api.Anonymous.Post("/api/v2/auth/verify", new { token = own })).Expect(200)["valid"].GetBoolean());
    }

    [Fact]
    public async Task Who_may_not_audit_proves_nothing_and_wrong_requests_are_told()
    {
        var (company, other) = (await api.NewCompany(), await api.NewCompany());
        foreach (var path in (string[])[Verify, Head])
        {
            (await api.As(Role.Bruker, company).Get(path)).ExpectProblem(403, "forbidden");
            (await api.Admin.Get(path)).ExpectProblem(400, "company_required");
            (await company.Lead.For(other.Id).Get(path)).ExpectProblem(404, "not_found");
            Assert.Equal(company.Id, (await api.As(Role.Admin, company).Get(path)).Expect(200)["companyId"].GetGuid());
            (await (await api.Key(company, Permission.Audit)).Get(path)).Expect(200);
        }

        Assert.Equal(["/heads"], (await company.Lead.PostText(Verify, "{}")).ExpectProblem(422, "validation_failed").Fields);
        Assert.Equal(
            ["/heads"],
            (await company.Lead.Post(Verify, new { heads = Array.Empty<string>() })).ExpectProblem(422, "validation_failed").Fields);
        Assert.Equal(
            ["/heads"],
            (await company.Lead.Post(Verify, new { heads = Enumerable.Repeat("x", 101) })).ExpectProblem(422, "validation_failed").Fields);
        Assert.Equal(
            ["/heads/1"],
            (await company.Lead.Post(Verify, new { heads = (string[])["x", new string('x', 2001)] }))
                .ExpectProblem(422, "validation_failed").Fields);
        var described = (await api.Anonymous.Get("/openapi/v2.json")).Expect(200)["components"].GetProperty("schemas")
            .GetProperty("HeadsRequest").GetProperty("properties").GetProperty("heads");
        Assert.Equal(
            (100, 2000),
            (described.GetProperty("maxItems").GetInt32(), described.GetProperty("items").GetProperty("maxLength").GetInt32()));
    }

    private async Task<Company> Written()
    {
        var company = await api.NewCompany();
        for (var n = 0; n < 4; n++) (await company.Lead.Post("/api/v2/economy/customers", Some.Customer())).Expect(201);
        return company;
    }

    private static async Task<((string Jws, long Position) Early, (string Jws, long Position) Late)> HeadsAround(Company company)
    {
        var early = (await company.Lead.Get(Head)).Expect(200);
        for (var n = 0; n < 3; n++) (await company.Lead.Post("/api/v2/economy/customers", Some.Customer())).Expect(201);
        var late = (await company.Lead.Get(Head)).Expect(200);
        return ((Text(early), early["position"].GetInt64()), (Text(late), late["position"].GetInt64()));
    }

    private static async Task<Answer> Held(Client client, params string[] heads) => (await client.Post(Verify, new { heads })).Expect(200);

    private static (long? Position, bool Valid, string? Reason)[] Verdicts(Answer held) =>
    [
        .. held["heads"].EnumerateArray().Select(v => (
            v.GetProperty("position").ValueKind == JsonValueKind.Null
                ? (long?)null
                : v.GetProperty("position").GetInt64(), v.GetProperty("valid").GetBoolean(), v.GetProperty("reason").GetString())),
    ];

    private static string Text(Answer head) => head["head"].GetString()!;

    private static JsonElement Part(string part) => JsonElement.Parse(Base64Url.DecodeFromChars(part));

    // A claim has six decimals of a second always, a field of an answer none that are zero.
    private static string Clean(string claim) => claim.EndsWith('Z') ? $"{claim[..^1].TrimEnd('0').TrimEnd('.')}Z" : claim;
}

[Collection(SqliteCollection.Name)]
public sealed class LogProofTestsOnSqlite(SqliteApi api) : LogProofTests(api);

[Collection(PostgresCollection.Name)]
public sealed class LogProofTestsOnPostgres(PostgresApi api) : LogProofTests(api);
