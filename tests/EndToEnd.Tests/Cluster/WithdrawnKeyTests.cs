using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using Tms.EndToEnd.Tests.Hosting;
using Tms.EndToEnd.Tests.Realtime;
using Tms.Testing;
using Tms.Testing.Live;

namespace Tms.EndToEnd.Tests.Cluster;

/// <summary>
/// A signing key that leaked is withdrawn: at once on the node that answered, within a second on the others, and within two on live
/// connections.
/// </summary>
public abstract class WithdrawnKeyTests(TwoNodes nodes)
{
    private const string Invoices = LiveWork.Invoices;
    private static readonly TimeSpan OnOthers = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan OnLive = TimeSpan.FromSeconds(2);

    private ApiProcess A => nodes.A;

    private ApiProcess B => nodes.B;

    [Fact]
    public async Task No_token_of_it_holds_anywhere_and_sessions_go_on_with_the_next()
    {
        var company = await nodes.Register();
        var (token, leaked) = (company.Lead.Token!, SigningKeysSeen.Kid(company.Lead.Token!));
        var admin = await Companies.LogIn(TwoNodes.At(A), ApiSite.Admin.Email, ApiSite.Admin.Password);
        (await TwoNodes.At(B, token).Get(Invoices)).Expect(200);
        await using var live = await LiveClient.Connect(B.Http, token);
        await live.Connected();

        (await admin.Post(SigningKeysSeen.Withdraw(leaked))).Expect(200);
        using var since = WorkingTime.Start();

        Assert.Equal(401, (await TwoNodes.At(A, token).Get(Invoices)).Status);
        Assert.DoesNotContain(leaked, await SigningKeysSeen.Published(A));
        while ((await TwoNodes.At(B, token).Get(Invoices)).Status == 200 || (await SigningKeysSeen.Published(B)).Contains(leaked))
            Assert.InRange(since.Elapsed, TimeSpan.Zero, OnOthers);
        var closed = live.Revoked();
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!closed.IsCompleted && await poll.WaitForNextTickAsync(TestContext.Current.CancellationToken))
            Assert.InRange(since.Elapsed, TimeSpan.Zero, OnLive);
        await closed;

        var refreshed = (await TwoNodes.At(B).Post("/api/v2/auth/refresh", new { refreshToken = company.RefreshToken }))
            .Expect(200)["accessToken"].GetString()!;
        Assert.NotEqual(leaked, SigningKeysSeen.Kid(refreshed));
        await using var later = await nodes.Host();
        foreach (var node in (RunningApi[])[A, B, later])
        {
            (await TwoNodes.At(node, refreshed).Get(Invoices)).Expect(200);
            Assert.Equal(401, (await TwoNodes.At(node, token).Get(Invoices)).Status);
            Assert.Equal([SigningKeysSeen.Kid(refreshed)], await SigningKeysSeen.Published(node));
        }

        await using var resumed = await LiveClient.Connect(B.Http, refreshed);
        await resumed.Connected();
        await later.Stop();
    }
}

/// <summary>Which keys sign, as seen from outside.</summary>
internal static class SigningKeysSeen
{
    /// <summary>Where a key is withdrawn.</summary>
    public static string Withdraw(string kid) => $"/api/v2/admin/keys/{kid}/withdraw";

    /// <summary>The key that signed a token.</summary>
    public static string Kid(string token) =>
        JsonDocument.Parse(Base64UrlEncoder.Decode(token.Split('.')[0])).RootElement.GetProperty("kid").GetString()!;

    /// <summary>The keys that a node publishes.</summary>
    public static async Task<string[]> Published(RunningApi node) =>
        [.. (await new Client(() => node.Http).Get("/.well-known/jwks.json")).Expect(200)["keys"].EnumerateArray()
            .Select(key => key.GetProperty("kid").GetString()!)];
}

[Collection(AloneCollection.Name)]
public sealed class WithdrawnKeyWithSilosInside(NodesWithSilosInside nodes) : WithdrawnKeyTests(nodes);

[Collection(AloneCollection.Name)]
public sealed class WithdrawnKeyOfASiloOutside(NodesOfASiloOutside nodes) : WithdrawnKeyTests(nodes);
