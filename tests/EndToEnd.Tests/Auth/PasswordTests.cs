using Microsoft.Extensions.DependencyInjection;
using Tms.EndToEnd.Tests.Hosting;
using Tms.EventStore;

namespace Tms.EndToEnd.Tests.Auth;

/// <summary>Other passwords and other addresses: who may set them, and what ends with the old ones.</summary>
public abstract class PasswordTests(ApiFixture api)
{
    private const string Next = "en helt annen setning 8";
    private const string ResetSubject = "Nytt passord";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Outbox Outbox => new(api.Site.DataPath);

    [Fact]
    public async Task Whoever_changes_the_own_password_stays_and_every_other_session_ends()
    {
        var company = await api.NewCompany();
        var other = (await LogIn(company.Email, Company.Password)).Expect(200);
        (await Change(company.Lead, "not this one 77", Next)).ExpectProblem(422, "validation_failed");
        (await Change(company.Lead, Company.Password, "passord123")).ExpectProblem(422, "validation_failed");
        Assert.Equal(
            ["/newPassword"],
            (await Change(company.Lead, Company.Password, Company.Password)).ExpectProblem(422, "validation_failed").Fields);

        (await Change(company.Lead, Company.Password, Next)).Expect(204);

        (await company.Lead.Get("/api/v2/users/profile")).Expect(200);
        (await Refresh(company.RefreshToken)).Expect(200);
        (await api.Anonymous.With(other["accessToken"].GetString()).Get("/api/v2/users/profile")).ExpectProblem(401, "unauthenticated");
        (await Refresh(other["refreshToken"].GetString()!)).ExpectProblem(401, "unauthenticated");
        (await LogIn(company.Email, Company.Password)).Expect(401);
        (await LogIn(company.Email, Next)).Expect(200);
        Assert.Contains("endret", (await Outbox.Next(company.Email, "Passordet ditt")).TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Guessing_the_password_of_somebody_who_is_logged_in_locks_as_logins_do()
    {
        var company = await api.NewCompany();
        for (var i = 0; i < 5; i++) (await Change(company.Lead, "not this one 77", Next)).Expect(422);
        (await Change(company.Lead, Company.Password, Next)).Expect(422);
        (await LogIn(company.Email, Company.Password)).Expect(401);
    }

    [Fact]
    public async Task A_forgotten_password_is_set_with_the_mailed_token_once_and_every_session_ends()
    {
        var company = await api.NewCompany();
        (await Forgot(company.Email.ToUpperInvariant())).Expect(202);
        var mail = await Outbox.Next(company.Email, ResetSubject);
        var token = Outbox.Token(mail);
        Assert.Contains($"/reset-password#token={token}", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains(token, mail.HtmlBody, StringComparison.Ordinal);

        (await Reset(token, "passord123")).ExpectProblem(422, "validation_failed");
        (await Reset(token, Next)).Expect(204);

        (await company.Lead.Get("/api/v2/users/profile")).ExpectProblem(401, "unauthenticated");
        (await Refresh(company.RefreshToken)).ExpectProblem(401, "unauthenticated");
        (await LogIn(company.Email, Company.Password)).Expect(401);
        (await LogIn(company.Email, Next)).Expect(200);
        Assert.Equal(["/token"], (await Reset(token, Company.Password)).ExpectProblem(422, "validation_failed").Fields);
    }

    [Fact]
    public async Task Refresh_tokens_of_before_a_reset_hold_no_more_even_where_nobody_lived_to_delete_them()
    {
        var company = await api.NewCompany();
        (await Forgot(company.Email)).Expect(202);
        var token = Outbox.Token(await Outbox.Next(company.Email, ResetSubject));
        await using var store = StoreOf.Open(api.Site);
        var database = store.GetRequiredService<IDatabase>();
        const string Columns = "token_hash, family, tenant, user_id, user_version, expires_us";
        var rows = await database.Query(
            $"select {Columns} from sessions where user_id = @user", r => Enumerable.Range(0, 6).Select(r.GetValue).ToArray(), Cancel,
            ("user", company.LeadId));
        (await Reset(token, Next)).Expect(204);

        // As a process that died between the two would have left them; the session itself is another one, for that one is known to have
        // ended.
        foreach (var row in rows)
        {
            await database.Execute($"insert into sessions ({Columns}) values (@hash, @family, @tenant, @user, @version, @expires)", Cancel,
                ("hash", row[0]), ("family", Guid.CreateVersion7()), ("tenant", company.Id), ("user", company.LeadId), ("version", row[4]),
                ("expires", row[5]));
        }

        Assert.NotEmpty(rows);
        (await Refresh(company.RefreshToken)).ExpectProblem(401, "unauthenticated");
        (await LogIn(company.Email, Next)).Expect(200);
    }

    [Fact]
    public async Task Refresh_tokens_of_other_sessions_hold_no_more_after_a_change_even_where_nobody_lived_to_delete_them()
    {
        var company = await api.NewCompany();
        var other = (await LogIn(company.Email, Company.Password)).Expect(200)["refreshToken"].GetString()!;
        await using var store = StoreOf.Open(api.Site);
        var database = store.GetRequiredService<IDatabase>();
        const string Columns = "token_hash, family, tenant, user_id, user_version, expires_us";
        var rows = await database.Query(
            $"select {Columns} from sessions where user_id = @user", r => Enumerable.Range(0, 6).Select(r.GetValue).ToArray(), Cancel,
            ("user", company.LeadId));
        (await Change(company.Lead, Company.Password, Next)).Expect(204);

        await database.Execute("delete from sessions where user_id = @user", Cancel, ("user", company.LeadId));
        foreach (var row in rows)
        {
            await database.Execute($"insert into sessions ({Columns}) values (@hash, @family, @tenant, @user, @version, @expires)", Cancel,
                ("hash", row[0]), ("family", row[1]), ("tenant", row[2]), ("user", row[3]), ("version", row[4]), ("expires", row[5]));
        }

        Assert.Equal(2, rows.Count);
        (await Refresh(other)).ExpectProblem(401, "unauthenticated");
        (await Refresh(company.RefreshToken)).Expect(200);
    }

    [Fact]
    public async Task Who_asks_for_a_new_password_is_told_the_same_whether_the_address_is_known_and_gets_one_mail_for_many_requests()
    {
        var company = await api.NewCompany();
        var nobody = Some.Email();
        var known = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Forgot(company.Email)));
        var unknown = await Forgot(nobody);
        Assert.All(known, answer => Assert.Equal((unknown.Expect(202).Status, unknown.Body), (answer.Status, answer.Body)));
        foreach (var odd in (string[])["x", "a@b\r\nBcc: c@d.no", new string('x', 254)])
            (await Forgot(odd)).Expect(odd.Contains('\r', StringComparison.Ordinal) ? 422 : 202);
        await Outbox.Next(company.Email, ResetSubject);

        // Behind the others in the same queue.
        var last = await api.NewCompany();
        await Forgot(last.Email);
        await Outbox.Next(last.Email, ResetSubject);
        Assert.Single(Outbox.To(company.Email));
        Assert.Empty(Outbox.To(nobody));
    }

    [Fact]
    public async Task A_token_that_we_did_not_write_or_wrote_for_something_else_is_worth_nothing()
    {
        var company = await api.NewCompany();
        await Forgot(company.Email);
        var token = Outbox.Token(await Outbox.Next(company.Email, ResetSubject));
        foreach (var forged in (string[])[
            "", "x", new string('A', token.Length), token[..^1], token + "A", (token[0] == 'A' ? 'B' : 'A') + token[1..],
            token[..^4] + "AAAA"])
            (await Reset(forged, Next)).ExpectProblem(422, "validation_failed");
        (await api.Anonymous.Post("/api/v2/auth/email/confirm", new { token })).ExpectProblem(422, "validation_failed");
        var joining = new { invitationToken = token, firstName = "A", lastName = "B", password = Next };
        Assert.Equal(
            ["/invitationToken"],
            (await api.Anonymous.Post("/api/v2/auth/register", joining)).ExpectProblem(422, "validation_failed").Fields);
        (await Reset(token, Next)).Expect(204);
    }

    [Fact]
    public async Task A_new_address_counts_once_its_owner_has_confirmed_it_and_the_old_one_is_told()
    {
        var company = await api.NewCompany();
        var fresh = Some.Email();
        (await company.Lead.Post("/api/v2/users/profile/email", new { email = fresh, password = "not this one 77" }))
            .ExpectProblem(422, "validation_failed");
        (await company.Lead.Post("/api/v2/users/profile/email", new { email = fresh.ToUpperInvariant(), password = Company.Password }))
            .Expect(202);
        (await LogIn(fresh, Company.Password)).Expect(401);
        var token = Outbox.Token(await Outbox.Next(fresh, "Bekreft"));

        (await api.Anonymous.Post("/api/v2/auth/email/confirm", new { token })).Expect(204);

        (await LogIn(company.Email, Company.Password)).Expect(401);
        Assert.Equal(fresh, (await LogIn(fresh, Company.Password)).Expect(200)["user"].GetProperty("email").GetString());
        Assert.Contains(fresh, (await Outbox.Next(company.Email, "E-postadressen")).TextBody, StringComparison.Ordinal);
        (await api.Anonymous.Post("/api/v2/auth/email/confirm", new { token })).ExpectProblem(422, "validation_failed");
    }

    [Fact]
    public async Task An_address_that_somebody_has_shows_as_taken_only_to_who_reads_its_mail()
    {
        var (company, other) = (await api.NewCompany(), await api.NewCompany());
        (await company.Lead.Post("/api/v2/users/profile/email", new { email = other.Email, password = Company.Password })).Expect(202);
        var token = Outbox.Token(await Outbox.Next(other.Email, "Bekreft"));
        (await api.Anonymous.Post("/api/v2/auth/email/confirm", new { token })).ExpectProblem(409, "email_taken");
        (await LogIn(company.Email, Company.Password)).Expect(200);
    }

    [Fact]
    public async Task No_token_is_in_an_answer_or_in_what_the_process_writes()
    {
        var company = await api.NewCompany();
        var answer = await Forgot(company.Email);
        var token = Outbox.Token(await Outbox.Next(company.Email, ResetSubject));
        await Reset(token, Next);
        Assert.DoesNotContain(token, answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(token, api.Process.Output, StringComparison.Ordinal);
    }

    private Task<Answer> LogIn(string email, string password) => api.Anonymous.Post("/api/v2/auth/login", new { email, password });

    private Task<Answer> Refresh(string refreshToken) => api.Anonymous.Post("/api/v2/auth/refresh", new { refreshToken });

    private Task<Answer> Forgot(string email) => api.Anonymous.Post("/api/v2/auth/password/forgot", new { email });

    private Task<Answer> Reset(string token, string newPassword) =>
        api.Anonymous.Post("/api/v2/auth/password/reset", new { token, newPassword });

    private static Task<Answer> Change(Client who, string currentPassword, string newPassword) =>
        who.Post("/api/v2/auth/password/change", new { currentPassword, newPassword });
}

[Collection(SqliteCollection.Name)]
public sealed class PasswordTestsOnSqlite(SqliteApi api) : PasswordTests(api);

[Collection(PostgresCollection.Name)]
public sealed class PasswordTestsOnPostgres(PostgresApi api) : PasswordTests(api);
