using Microsoft.Extensions.Time.Testing;
using Tms.Api.Auth;
using Tms.Api.Tests.Hosting;
using Tms.EventStore.Keys;

namespace Tms.Api.Tests.Auth;

/// <summary>Refresh tokens as they are written.</summary>
public sealed class RefreshTokenTests
{
    private readonly Guid _session = Guid.CreateVersion7();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_names_its_session_on_every_node_and_an_altered_one_names_none()
    {
        var store = new MemoryKeys();
        var (one, other, elsewhere) = (Tokens(store), Tokens(store), Tokens(new MemoryKeys()));
        var token = await one.Make(_session, Cancel);
        Assert.InRange(token.Length, 64, 200);
        Assert.NotEqual(token, await one.Make(_session, Cancel));
        Assert.Equal(_session, await other.SessionOf(token, Cancel));
        Assert.Null(await elsewhere.SessionOf(token, Cancel));
        foreach (var forged in (string[])[
            "", "x", token[..^1], token + "A", (token[0] == 'A' ? 'B' : 'A') + token[1..], new string('A', token.Length),
            RefreshTokens.EarlierAfter(token, "k")])
            Assert.Null(await one.SessionOf(forged, Cancel));
    }

    [Fact]
    public async Task A_successor_follows_from_token_and_key_and_from_what_only_the_nodes_know()
    {
        var store = new MemoryKeys();
        var (one, other, elsewhere) = (Tokens(store), Tokens(store), Tokens(new MemoryKeys()));
        var next = await one.After(_session, "a token", "1", Cancel);
        Assert.Equal(next, await other.After(_session, "a token", "1", Cancel));
        Assert.Equal(_session, await one.SessionOf(next, Cancel));
        Assert.NotEqual(next, await one.After(_session, "a token", "2", Cancel));
        Assert.NotEqual(next, await one.After(_session, "b token", "1", Cancel));
        Assert.NotEqual(next, await elsewhere.After(_session, "a token", "1", Cancel));
    }

    private static RefreshTokens Tokens(MemoryKeys store) =>
        new(store, MasterKey.Load(Convert.ToBase64String(new byte[32]), ""), new FakeTimeProvider());
}
