using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Tms.Domain.Users;

namespace Tms.Api.Tests.Realtime;

/// <summary>A connection that comes in many requests: each must be its user's own.</summary>
public sealed class LongPollTests
{
    private const string Handshake = "{\"protocol\":\"json\",\"version\":1}\u001e";

    [Fact]
    public async Task Another_users_connection_does_not_exist()
    {
        await using var host = await LiveHost.Start();
        using var own = Http(host, TestUser.Of(Role.Bruker, host.Company));
        using var other = Http(host, TestUser.Of(Role.Hovedbruker, Guid.CreateVersion7()));
        using var colleague = Http(host, TestUser.Of(Role.Hovedbruker, host.Company));
        var connection = await Begin(own);

        foreach (var stranger in (HttpClient[])[other, colleague])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(connection, Cancel)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostAsync(connection, new StringContent(""), Cancel)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.DeleteAsync(connection, Cancel)).StatusCode);
        }

        await host.Feeds.Deliver(host.Log.AppendMany(host.Company, 1));
        var said = "";
        while (!said.Contains("COMPANY_UPDATED", StringComparison.Ordinal)) said += await own.GetStringAsync(connection, Cancel);
        Assert.Equal(HttpStatusCode.Accepted, (await own.DeleteAsync(connection, Cancel)).StatusCode);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // Negotiates, begins with a first poll, and has the server answer the handshake and say where the client is.
    private static async Task<string> Begin(HttpClient http)
    {
        using var negotiated = JsonDocument.Parse(
            await (await http.PostAsync("/hubs/live/negotiate?negotiateVersion=1", null, Cancel)).Content.ReadAsStringAsync(Cancel));
        var connection = $"/hubs/live?id={negotiated.RootElement.GetProperty("connectionToken").GetString()}";
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(connection, Cancel)).StatusCode);
        (await http.PostAsync(connection, new ByteArrayContent(Encoding.UTF8.GetBytes(Handshake)), Cancel)).EnsureSuccessStatusCode();
        var said = "";
        while (!said.Contains("\"connected\"", StringComparison.Ordinal)) said += await http.GetStringAsync(connection, Cancel);
        return connection;
    }

    private static HttpClient Http(LiveHost host, TestUser user)
    {
        var http = new HttpClient { BaseAddress = host.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", host.Token(user));
        return http;
    }
}
