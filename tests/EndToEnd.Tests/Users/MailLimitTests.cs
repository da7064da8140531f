using Tms.EndToEnd.Tests.Hosting;

namespace Tms.EndToEnd.Tests.Users;

/// <summary>What goes out in a company's name, to addresses of somebody's choice.</summary>
public sealed class MailLimitTests
{
    private const string Invitations = "/api/v2/users/invitations";

    [Fact]
    public async Task Nobody_can_have_as_many_mails_sent_as_they_like()
    {
        using var site = await ApiSite.OnSqlite();
        await using var node = await site.Host("--Tms:RateLimiting:Enabled=true");
        var company = await Companies.Register(new Client(() => node.Http));
        var (key, email) = (("Idempotency-Key", Some.Key()), Some.Email());
        var first = (await Invite(company, email, key)).Expect(201);

        var refused = (await Invite(company, email.ToUpperInvariant())).ExpectProblem(429, "mailed_lately");
        Assert.InRange(int.Parse(refused.Header("Retry-After")!, System.Globalization.CultureInfo.InvariantCulture), 600, 900);
        var again = (await Invite(company, email, key)).Expect(201);
        Assert.Equal((first.Body, true), (again.Body, again.IsReplay));
        (await Invite(company, company.Email)).ExpectProblem(409, "already_member");
        (await ChangeAddress(company, email)).ExpectProblem(429, "mailed_lately");

        // A wrong one counts no more than one that was refused.
        (await company.Lead.Post("/api/v2/users/profile/email", new { email = Some.Email(), password = "feil" })).Expect(422);
        for (var n = 1; n < 20; n++) (await Invite(company, Some.Email())).Expect(201);
        (await Invite(company, Some.Email())).ExpectProblem(429, "too_many_mails");
        (await ChangeAddress(company, Some.Email())).ExpectProblem(429, "too_many_mails");
        Assert.True((await Invite(company, email, key)).Expect(201).IsReplay);
    }

    private static Task<Answer> Invite(Company company, string email, params (string, string)[] headers) =>
        company.Lead.Post(Invitations, new { email, role = "ELEV" }, headers);

    private static Task<Answer> ChangeAddress(Company company, string email) =>
        company.Lead.Post("/api/v2/users/profile/email", new { email, password = Company.Password });
}
