using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Tms.Api.Audit;
using Tms.Api.Hosting;
using Tms.Api.Security;
using Tms.Api.Tests.Hosting;
using Tms.EventStore.Keys;

namespace Tms.Api.Tests.Audit;

/// <summary>Heads hold for ever; nothing else is one.</summary>
public sealed class SignedHeadTests : IDisposable
{
    private static readonly ApiSettings Settings = ApiSettings.Read(new ConfigurationBuilder().Build());
    private static readonly LogHead Head = new(
        Guid.NewGuid(), 1_234_567_890_123, new string('a', 64), new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero), Guid.NewGuid());
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero));
    private readonly MasterKey _master = MasterKey.Load(Convert.ToBase64String(new byte[32]), "");
    private readonly MemoryKeys _store = new();
    private readonly SigningKeys _keys;

    public SignedHeadTests() => _keys = new(_store, _master, _time);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _keys.Dispose();

    [Fact]
    public async Task A_head_is_read_as_it_was_written_also_when_its_key_has_long_ended()
    {
        await _keys.Load(Cancel);
        var heads = new SignedHeads(_keys, Settings, _time);
        var jws = heads.Sign(Head);
        var kid = _keys.Current.Kid;
        Assert.Equal(Head, await heads.Read(jws, Cancel));
        for (var month = 0; month < 24; month++)
        {
            _time.Advance(TimeSpan.FromDays(30));
            await _keys.Follow(TimeSpan.FromDays(30), Cancel);
        }

        Assert.Null(await _keys.Find(kid, Cancel));
        Assert.Equal(Head, await heads.Read(jws, Cancel));
        // As a process that starts now reads it, under another name.
        using var later = new SigningKeys(_store, _master, _time);
        await later.Load(Cancel);
        Assert.Equal(Head, await new SignedHeads(later, Settings with { Tokens = ("elsewhere", "api") }, _time).Read(jws, Cancel));
    }

    [Fact]
    public async Task A_head_whose_key_was_withdrawn_proves_nothing()
    {
        await _keys.Load(Cancel);
        var heads = new SignedHeads(_keys, Settings, _time);
        var jws = heads.Sign(Head);
        await _keys.Withdraw(_keys.Current.Kid, Cancel);
        Assert.Null(await heads.Read(jws, Cancel));
        Assert.Equal(Head, await heads.Read(heads.Sign(Head), Cancel));
    }

    [Fact]
    public async Task What_is_not_typed_addressed_and_signed_as_a_head_is_none()
    {
        await _keys.Load(Cancel);
        var heads = new SignedHeads(_keys, Settings, _time);
        var jws = heads.Sign(Head);
        var parts = jws.Split('.');
        using var strangers = new SigningKeys(new MemoryKeys(), _master, _time);
        await strangers.Load(Cancel);
        string[] others =
        [
            Signed("JWT", "tms-audit-head"), Signed("tms-head+jwt", "tms-api"),
            Signed("tms-head+jwt", "tms-audit-head", ("position", "many")), Signed("tms-head+jwt", "tms-audit-head", ("epoch", 7)),
            new SignedHeads(strangers, Settings, _time).Sign(Head),
            $"{parts[0]}.{parts[1]}.{parts[2][..^4]}AAAA", $"{parts[0]}.{parts[1]}.",
            $"{Base64UrlEncoder.Encode("""{"alg":"none","typ":"tms-head+jwt"}""")}.{parts[1]}.", jws + jws,
        ];
        Assert.Equal(Head, await heads.Read(Signed("tms-head+jwt", "tms-audit-head"), Cancel));
        foreach (var other in others) Assert.Null(await heads.Read(other, Cancel));
    }

    private string Signed(string type, string audience, params (string Name, object Value)[] changes)
    {
        var claims = new Dictionary<string, object>
        {
            ["companyId"] = Head.CompanyId.ToString(),
            ["position"] = Head.Position,
            ["hash"] = Head.Hash,
            ["time"] = "2026-11-23T08:00:00Z",
            ["epoch"] = Head.Epoch.ToString(),
        };
        foreach (var (name, value) in changes) claims[name] = value;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = type,
            Audience = audience,
            Issuer = "tms",
            SigningCredentials = _keys.Current,
            Claims = claims,
        });
    }
}
