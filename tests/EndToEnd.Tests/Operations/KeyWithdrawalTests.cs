using Tms.EndToEnd.Tests.Cluster;
using Tms.EndToEnd.Tests.Hosting;
using Tms.EndToEnd.Tests.Ops;

namespace Tms.EndToEnd.Tests.Operations;

/// <summary>What an operator types when a signing key has leaked, on one node of each database.</summary>
public sealed class KeyWithdrawalTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_key_is_withdrawn_and_asking_again_answers_the_same_also_after_a_restart(bool postgres)
    {
        using var site = postgres ? await ApiSite.OnPostgres() : await ApiSite.OnSqlite();
        await using var api = await site.Host();
        var admin = await LogIn(api);
        using var browser = await OpsBrowser.OfAdmin(api.Http.BaseAddress!);
        var leaked = SigningKeysSeen.Kid(admin.Token!);
        (await browser.Get(OpsBrowser.Dashboard + "/version")).Expect(200);

        var first = (await admin.Post(SigningKeysSeen.Withdraw(leaked))).Expect(200);
        Assert.Equal(leaked, first["kid"].GetString());

        (await admin.Get(ClusterLook.Path)).ExpectProblem(401, "unauthenticated");
        (await browser.Get(OpsBrowser.Dashboard + "/version")).ExpectProblem(401, "unauthenticated");
        var again = await LogIn(api);
        Assert.Equal([SigningKeysSeen.Kid(again.Token!)], await SigningKeysSeen.Published(api));
        Assert.Equal(first.Body, (await again.Post(SigningKeysSeen.Withdraw(leaked))).Expect(200).Body);
        foreach (var unknown in (string[])[Guid.CreateVersion7().ToString("N"), "no-key", leaked.ToUpperInvariant()])
            (await again.Post(SigningKeysSeen.Withdraw(unknown))).ExpectProblem(404, "not_found");
        await api.Stop();

        await using var restarted = await site.Host();
        (await TwoNodes.At(restarted, admin.Token).Get(ClusterLook.Path)).ExpectProblem(401, "unauthenticated");
        (await TwoNodes.At(restarted, again.Token).Get(ClusterLook.Path)).Expect(200);
        Assert.Equal(first.Body, (await TwoNodes.At(restarted, again.Token).Post(SigningKeysSeen.Withdraw(leaked))).Expect(200).Body);
    }

    private static Task<Client> LogIn(RunningApi api) =>
        Companies.LogIn(new Client(() => api.Http), ApiSite.Admin.Email, ApiSite.Admin.Password);
}
