using Tms.EndToEnd.Tests.Hosting;
using Tms.EndToEnd.Tests.Realtime;
using Tms.Testing;
using Tms.Testing.Live;

namespace Tms.EndToEnd.Tests.Cluster;

/// <summary>
/// What somebody may no longer is over at once on the node that answered, within a second on the others, and within two on live connections
/// (contract, section 4).
/// </summary>
public abstract class AtOnceTests(TwoNodes nodes)
{
    private const string Invoices = LiveWork.Invoices;
    private static readonly TimeSpan OnOthers = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan OnLive = TimeSpan.FromSeconds(2);
    private static readonly string[] EconomyRead = ["economy:read"];
    private static readonly string[] Hr = ["HR"];
    private static readonly string[] Economy = ["ECONOMY"];

    private ApiProcess A => nodes.A;

    private ApiProcess B => nodes.B;

    [Theory]
    [InlineData("role")]
    [InlineData("status")]
    [InlineData("key")]
    public async Task What_somebody_may_no_longer_is_over_everywhere(string change)
    {
        var company = await nodes.Register();
        var (token, end) = await Somebody(company, change);
        (await TwoNodes.At(B, token).Get(Invoices)).Expect(200);
        await using var live = await LiveClient.Connect(B.Http, token);
        await using var unread = await RawLive.Connect(B.Http, token);
        await unread.Read(said => said.Contains("\"connected\"", StringComparison.Ordinal));
        (await company.Lead.Post(Invoices, Some.Invoice())).Expect(201);
        await live.First("event");

        await end();
        using var since = WorkingTime.Start();

        Assert.Equal(401, (await TwoNodes.At(A, token).Get(Invoices)).Status);
        while ((await TwoNodes.At(B, token).Get(Invoices)).Status == 200) Assert.InRange(since.Elapsed, TimeSpan.Zero, OnOthers);
        while (since.Elapsed < OnLive) (await company.Lead.Post(Invoices, Some.Invoice())).Expect(201);
        var late = (await company.Lead.Post(Invoices, Some.Invoice())).Expect(201).Id;
        Assert.True(live.Ended.IsCompleted, "the connection still stands");
        await live.Revoked();
        Assert.DoesNotContain(live.Of("event"), e => e.Subject == $"invoices/{late}");
        Assert.DoesNotContain(late.ToString(), await unread.ReadToEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_token_made_while_a_role_changes_says_the_old_one_afterwards()
    {
        var company = await nodes.Register();
        var person = await Colleague.Join(TwoNodes.At(A), company, "BRUKER");
        for (var round = 0; round < 5; round++)
        {
            (await company.Lead.Patch($"/api/v2/users/{person.Id}/role", new { role = "BRUKER" }, ("If-Match", "*"))).Expect(200);
            var logins = Enumerable.Range(0, 6).Select(n => Companies.LogIn(TwoNodes.At(n % 2 == 0 ? A : B), person.Email)).ToArray();
            await Task.WhenAny(logins);
            (await company.Lead.Patch($"/api/v2/users/{person.Id}/role", new { role = "ELEV" }, ("If-Match", "*"))).Expect(200);
            foreach (var login in await Task.WhenAll(logins))
                Assert.NotEqual(200, (await TwoNodes.At(A, login.Token).Get(Invoices)).Status);
        }
    }

    [Fact]
    public async Task A_module_closes_and_opens_everywhere()
    {
        var company = await nodes.Register();
        var admin = await Companies.LogIn(TwoNodes.At(A), ApiSite.Admin.Email, ApiSite.Admin.Password);
        foreach (var (modules, status) in ((string[], int)[])[(Hr, 403), (Economy, 200), (Hr, 403)])
        {
            (await admin.Put($"/api/v2/companies/{company.Id}/modules", new { modules }, ("If-Match", "*"))).Expect(200);
            using var since = WorkingTime.Start();
            Assert.Equal(status, (await TwoNodes.At(A, company.Lead.Token).Get(Invoices)).Status);
            while ((await TwoNodes.At(B, company.Lead.Token).Get(Invoices)).Status != status)
                Assert.InRange(since.Elapsed, TimeSpan.Zero, OnOthers);
        }
    }

    // Somebody who reads invoices, and the change that ends it, asked of A.
    private async Task<(string Token, Func<Task> End)> Somebody(Company company, string change)
    {
        if (change == "key")
        {
            var key = (await company.Lead.Post("/api/v2/api-keys", new { name = "x", scopes = EconomyRead })).Expect(201);
            return (key["key"].GetString()!, async () => (await company.Lead.Delete($"/api/v2/api-keys/{key.Id}")).Expect(204));
        }

        var person = await Colleague.Join(TwoNodes.At(B), company, "BRUKER");
        return (
            person.Client.Token!,
            async () =>
                (await company.Lead.Patch(
                    $"/api/v2/users/{person.Id}/{change}", change == "role" ? (object)new { role = "ELEV" } : new { isActive = false },
                    ("If-Match", "*"))).Expect(200));
    }
}

[Collection(AloneCollection.Name)]
public sealed class AtOnceWithSilosInside(NodesWithSilosInside nodes) : AtOnceTests(nodes);

[Collection(AloneCollection.Name)]
public sealed class AtOnceOfASiloOutside(NodesOfASiloOutside nodes) : AtOnceTests(nodes);
