using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Tms.Api.Hosting;
using Tms.Api.Http;
using Tms.Api.Security;
using Tms.Api.Tests.Hosting;
using Tms.Domain.Users;
using Tms.EventStore;
using Tms.EventStore.Hosting;
using Tms.EventStore.Keys;

namespace Tms.Api.Tests.Security;

public sealed class KeyTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tms-keys").FullName;

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void Without_a_configured_master_key_a_file_is_made_that_only_its_owner_reads()
    {
        var first = Settings(null).LoadMasterKey();
        var file = Path.Combine(_folder, "master.key");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        var again = Settings(null).LoadMasterKey();
        Assert.Equal([1, 2, 3], again.Unwrap("p", "k", first.Wrap("p", "k", [1, 2, 3])));
        Assert.Equal([file], Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData("short")]
    [InlineData("AAAA")]
    [InlineData("not base64 !!")]
    public void A_master_key_that_cannot_be_right_stops_the_start_by_name(string key)
    {
        var fault = Assert.Throws<ConfigurationFaultException>(() => Settings(key).LoadMasterKey());
        Assert.Contains("Tms:MasterKey", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_master_key_than_the_one_that_wrapped_the_keys_stops_the_start_by_name()
    {
        var store = new MemoryKeys();
        await using (await ApiHost.Start(services: s => s.AddSingleton<IKeyStore>(store)))
        {
        }

        var fault = await Assert.ThrowsAsync<ConfigurationFaultException>(() =>
            ApiHost.Start(new() { ["Tms:MasterKey"] = Convert.ToBase64String(new byte[32]) }, s => s.AddSingleton<IKeyStore>(store)));
        Assert.Contains("Tms:MasterKey", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrapped_key_opens_only_in_its_own_row()
    {
        var key = Settings(null).LoadMasterKey();
        var wrapped = key.Wrap("access-token", "a", [1, 2, 3]);
        Assert.Throws<ConfigurationFaultException>(() => key.Unwrap("access-token", "b", wrapped));
        Assert.Throws<ConfigurationFaultException>(() => key.Unwrap("cursor", "a", wrapped));
        wrapped[^1] ^= 1;
        Assert.Throws<ConfigurationFaultException>(() => key.Unwrap("access-token", "a", wrapped));
    }

    [Fact]
    public async Task Nodes_that_share_a_store_take_each_others_tokens_and_cursors()
    {
        var store = new MemoryKeys();
        await using var one = await ApiHost.Start(services: s => s.AddSingleton<IKeyStore>(store));
        await using var two = await ApiHost.Start(services: s => s.AddSingleton<IKeyStore>(store));
        using var answer = await two.Get("/api/v2/guarded", one.As(Role.Bruker));
        Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
        var scope = new CursorScope(new TenantId(Guid.NewGuid()), "invoices", "-createdAt");
        var cursor = one.Services.GetRequiredService<Cursors>().Seal(scope, "42"u8);
        Assert.True(two.Services.GetRequiredService<Cursors>().TryOpen(scope, cursor, out var place));
        Assert.Equal("42"u8, place);
    }

    [Fact]
    public async Task An_unknown_kid_makes_the_store_be_asked_again_but_not_for_every_forgery()
    {
        var store = new MemoryKeys();
        var time = new FakeTimeProvider();
        var master = Settings(null).LoadMasterKey();
        using var keys = new SigningKeys(store, master, time);
        await keys.Load(CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(11));
        Assert.Null(await keys.Find("forged", CancellationToken.None));
        var rotated = await Rotate(store, master);
        Assert.Null(await keys.Find(rotated, CancellationToken.None));
        time.Advance(TimeSpan.FromSeconds(11));
        Assert.NotNull(await keys.Find(rotated, CancellationToken.None));
        Assert.Equal(rotated, keys.Current.Kid);
    }

    private static async Task<string> Rotate(MemoryKeys store, MasterKey master)
    {
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        await store.Add(
            new StoredKey(
                "new", "access-token", default, key.ExportSubjectPublicKeyInfo(),
                master.Wrap("access-token", "new", key.ExportPkcs8PrivateKey())), onlyFirst: false);
        return "new";
    }

    private ApiSettings Settings(string? key) => ApiSettings.Read(new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?> { ["Tms:DataPath"] = _folder, ["Tms:MasterKey"] = key }).Build());
}
