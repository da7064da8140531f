using Tms.EndToEnd.Tests.Hosting;

namespace Tms.EndToEnd.Tests.Auth;

/// <summary>Joining a company with the token of a mail.</summary>
public abstract class InvitationTests(ApiFixture api)
{
    private const string Register = "/api/v2/auth/register";
    private const string Password = "en egen god setning 9";

    private Outbox Outbox => new(api.Site.DataPath);

    [Fact]
    public async Task Whoever_was_invited_joins_with_the_invited_role_once_and_is_logged_in()
    {
        var company = await api.NewCompany();
        var email = Some.Email();
        var (id, token) = await Invite(company, email);

        var joined = (await api.Anonymous.Post(Register, Joining(token))).Expect(201);

        var user = joined["user"];
        Assert.Equal(
            (id, company.Id, "BRUKER", email),
            (
                user.GetProperty("id").GetGuid(), user.GetProperty("companyId").GetGuid(), user.GetProperty("role")
                    .GetString(), user.GetProperty("email").GetString()));
        (await api.Anonymous.With(joined["accessToken"].GetString()).Get("/api/v2/economy/invoices")).Expect(200);
        (await api.Anonymous.Post("/api/v2/auth/login", new { email, password = Password })).Expect(200);
        Assert.Equal(
            ["/invitationToken"], (await api.Anonymous.Post(Register, Joining(token))).ExpectProblem(422, "validation_failed").Fields);
    }

    [Fact]
    public async Task An_invitation_is_for_the_invited_address_and_nothing_else()
    {
        var company = await api.NewCompany();
        var (_, token) = await Invite(company, Some.Email());
        Assert.Equal(
            ["/email"], (await api.Anonymous.Post(Register, Joining(token, Some.Email()))).ExpectProblem(422, "validation_failed").Fields);
        Assert.Equal(
            ["/company"],
            (await api.Anonymous.Post(
                Register,
                new
                {
                    invitationToken = token,
                    company = new { name = "A", organisationNumber = Some.OrganisationNumber() },
                    firstName = "A",
                    lastName = "B",
                    password = Password
                })).ExpectProblem(422, "validation_failed").Fields);
        Assert.Equal(
            ["/password"],
            (await api.Anonymous.Post(Register, new { invitationToken = token, firstName = "A", lastName = "B", password = "passord123" }))
                .ExpectProblem(422, "validation_failed").Fields);
        foreach (var forged in (string[])["", "x", token[..^1], new string('A', token.Length)])
            Assert.Equal(
                ["/invitationToken"], (await api.Anonymous.Post(Register, Joining(forged))).ExpectProblem(422, "validation_failed").Fields);
        (await api.Anonymous.Post(Register, Joining(token))).Expect(201);
    }

    [Fact]
    public async Task One_that_was_taken_back_no_longer_holds()
    {
        var company = await api.NewCompany();
        var (id, token) = await Invite(company, Some.Email());
        (await company.Lead.Send(HttpMethod.Delete, $"/api/v2/users/invitations/{id}", null)).Expect(204);
        Assert.Equal(
            ["/invitationToken"], (await api.Anonymous.Post(Register, Joining(token))).ExpectProblem(422, "validation_failed").Fields);
    }

    [Fact]
    public async Task Twenty_who_join_with_one_invitation_become_one_user()
    {
        var company = await api.NewCompany();
        var (_, token) = await Invite(company, Some.Email());
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => api.Anonymous.Post(Register, Joining(token))));
        Assert.Single(answers, answer => answer.Status == 201);
        Assert.All(answers.Where(answer => answer.Status != 201), answer => answer.ExpectProblem(422, "validation_failed"));
    }

    [Fact]
    public async Task The_mail_names_the_company_and_no_name_of_one_adds_a_header()
    {
        var email = Some.Email();
        var company = await api.NewCompany();
        await Invite(company, email);
        var mail = await Outbox.Next(email, "Invitasjon");
        Assert.Contains("Fjord Transport AS", mail.Subject, StringComparison.Ordinal);
        Assert.Equal([email], mail.To.Mailboxes.Concat(mail.Cc.Mailboxes).Concat(mail.Bcc.Mailboxes).Select(box => box.Address));
        foreach (var injected in (string[])[
            "kari@tms.example\r\nBcc: all@tms.example", "kari@tms.example, all@tms.example", "<kari@tms.example>", "kari@tms.example\0"])
            (await company.Lead.Post("/api/v2/users/invitations", new { email = injected, role = "BRUKER" })).Expect(422);
    }

    [Fact]
    public async Task Nobody_invites_a_user_of_the_company_nor_oneself()
    {
        var company = await api.NewCompany();
        var colleague = await Colleague.Join(api.Anonymous, company, "BRUKER");
        foreach (var email in (string[])[company.Email, colleague.Email.ToUpperInvariant()])
            (await company.Lead.Post("/api/v2/users/invitations", new { email, role = "BRUKER" })).ExpectProblem(409, "already_member");
        Assert.DoesNotContain(Outbox.To(company.Email), mail => mail.Subject!.StartsWith("Invitasjon", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_ends_with_the_right_of_whoever_wrote_it()
    {
        var company = await api.NewCompany();
        var other = await Colleague.Join(api.Anonymous, company, "HOVEDBRUKER");
        var (_, token) = await Invite(company with { Lead = other.Client }, Some.Email());
        (await company.Lead.Patch($"/api/v2/users/{other.Id}/role", new { role = "BRUKER" }, ("If-Match", "*"))).Expect(200);
        Assert.Equal(
            ["/invitationToken"], (await api.Anonymous.Post(Register, Joining(token))).ExpectProblem(422, "validation_failed").Fields);
        (await company.Lead.Patch($"/api/v2/users/{other.Id}/role", new { role = "HOVEDBRUKER" }, ("If-Match", "*"))).Expect(200);
        (await api.Anonymous.Post(Register, Joining(token))).Expect(201);
    }

    [Fact]
    public async Task An_administrators_invitation_holds()
    {
        var company = await api.NewCompany();
        var (_, token) = await Invite(company with { Lead = api.Admin.For(company.Id) }, Some.Email());
        (await api.Anonymous.Post(Register, Joining(token))).Expect(201);
    }

    [Fact]
    public async Task Whoever_reads_the_mail_takes_the_address_from_somebody_who_only_registered_it()
    {
        var (squatter, company) = (await api.NewCompany(), await api.NewCompany());
        var (id, token) = await Invite(company, squatter.Email);
        var joined = (await api.Anonymous.Post(Register, Joining(token))).Expect(201);
        Assert.Equal((id, company.Id), (joined["user"].GetProperty("id").GetGuid(), joined["user"].GetProperty("companyId").GetGuid()));
        (await squatter.Lead.Get("/api/v2/users/profile")).Expect(401);
        (await api.Anonymous.Post("/api/v2/auth/refresh", new { refreshToken = squatter.RefreshToken })).Expect(401);
        (await api.Anonymous.Post("/api/v2/auth/login", new { email = squatter.Email, password = Company.Password })).Expect(401);
        (await api.Anonymous.Post("/api/v2/auth/login", new { email = squatter.Email, password = Password })).Expect(200);
    }

    [Fact]
    public async Task Nobody_loses_an_address_that_was_shown_or_a_company_with_others_in_it()
    {
        var (shown, shared, company) = (await api.NewCompany(), await api.NewCompany(), await api.NewCompany());
        (await shown.Lead.Post("/api/v2/users/profile/email", new { email = shown.Email, password = Company.Password })).Expect(202);
        var confirm = Outbox.Token(await Outbox.Next(shown.Email, "Bekreft"));
        (await api.Anonymous.Post("/api/v2/auth/email/confirm", new { token = confirm })).Expect(204);
        await Colleague.Join(api.Anonymous, shared, "BRUKER");
        foreach (var holder in (Company[])[shown, shared])
        {
            var (_, token) = await Invite(company, holder.Email);
            (await api.Anonymous.Post(Register, Joining(token))).ExpectProblem(409, "email_taken");
            (await holder.Lead.Get("/api/v2/users/profile")).Expect(200);
        }
    }

    private async Task<(Guid Id, string Token)> Invite(Company company, string email)
    {
        var invited = (await company.Lead.Post("/api/v2/users/invitations", new { email, role = "BRUKER" })).Expect(201);
        var token = Outbox.Token(await Outbox.Next(email, "Invitasjon"));
        Assert.DoesNotContain(token, invited.Body, StringComparison.Ordinal);
        return (invited.Id, token);
    }

    private static object Joining(string invitationToken, string? email = null) =>
        new { invitationToken, email, firstName = "Ola", lastName = "Sjåfør", password = Password };
}

[Collection(SqliteCollection.Name)]
public sealed class InvitationTestsOnSqlite(SqliteApi api) : InvitationTests(api);

[Collection(PostgresCollection.Name)]
public sealed class InvitationTestsOnPostgres(PostgresApi api) : InvitationTests(api);
