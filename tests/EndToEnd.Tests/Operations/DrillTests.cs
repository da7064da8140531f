using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Tms.EndToEnd.Tests.Hosting;
using Tms.EndToEnd.Tests.Persons;
using Tms.EndToEnd.Tests.Realtime;
using Tms.EventStore;
using Tms.EventStore.Blobs;
using Tms.EventStore.Upkeep;
using Tms.Testing.Files;
using Tms.Testing.Live;

namespace Tms.EndToEnd.Tests.Operations;

/// <summary>The monthly drill of docs/operations.md: what the nights keep is enough to lose everything else.</summary>
public abstract class DrillTests : IDisposable
{
    private readonly TempFolder _backups = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_night_is_restored_in_a_new_place_with_all_it_had_and_nobody_who_was_erased_since()
    {
        using var lost = await NewSite();
        var marker = new Marker();
        var picture = RandomNumberGenerator.GetBytes(600_000);
        Company company;
        string invoice, epoch;
        BlobAddress stored;
        await using (var api = await lost.Host())
        {
            company = await Companies.Register(new(() => api.Http));
            var person = await Hired(company, marker);
            stored = await Store(lost, company, picture);
            invoice = await Sent(company.Lead);
            OldBackup();
            await Night(lost, succeeds: true);

            Assert.False(File.Exists(_backups.File("tms-20200101T023000Z.dump")));
            Assert.True(File.Exists(_backups.File("notes.txt")));
            await Sent(company.Lead);
            (await company.Lead.Delete($"/api/v2/users/{person}")).Expect(200);
            (_, epoch) = await LiveClient.Head(api.Http, company.Lead.Token);
            await Night(lost, succeeds: true);
            Assert.Equal(0, await api.Stop());
        }

        using var site = await NewSite();
        File.Copy(Path.Combine(lost.DataPath, "master.key"), Path.Combine(site.DataPath, "master.key"));
        var (code, output) = await OperatorScript.Run(site, "restore", First(Backups()));
        Assert.True(code == 0, output);
        Assert.Contains("1 persons are erased again", output, StringComparison.Ordinal);
        Assert.Contains("all sound", output, StringComparison.Ordinal);
        Assert.Empty(await Traces.Of(marker, site));
        Assert.Equal(picture, await Content(site, stored));
        await GoesOn(site, company, invoice, epoch);
        await HeadsOfTheLostTimeAreTold(site);
    }

    public void Dispose()
    {
        _backups.Dispose();
        GC.SuppressFinalize(this);
    }

    internal abstract Task<ApiSite> NewSite();

    private static async Task GoesOn(ApiSite site, Company company, string invoice, string epoch)
    {
        await using var api = await site.Host();
        var lead = await Companies.LogIn(new(() => api.Http), company.Email);
        var all = (await lead.Get(LiveWork.Invoices)).Expect(200)["items"];
        Assert.Equal(1, all.GetArrayLength());
        Assert.Equal(invoice, (await lead.Get($"{LiveWork.Invoices}/{all[0].GetProperty("id").GetGuid()}")).Expect(200).Body);
        Assert.NotEqual(epoch, (await LiveClient.Head(api.Http, lead.Token)).Epoch);
        Assert.Equal(0, await api.Stop());
    }

    // What is signed of the second night is no part of the first one's database.
    private async Task HeadsOfTheLostTimeAreTold(ApiSite site)
    {
        Assert.Contains("the database was restored since", await Night(site, succeeds: false), StringComparison.Ordinal);
        await using var store = StoreOf.Open(site);
        var notes = await store.GetRequiredService<UpkeepNotes>().Read(Cancel);
        Assert.Equal(["backup", "verification"], Newest(notes).Where(n => n.Succeeded).Select(n => n.Work).Order());
        Assert.Equal(["heads"], Newest(notes).Where(n => !n.Succeeded).Select(n => n.Work));
    }

    private static IEnumerable<UpkeepNote> Newest(IReadOnlyList<UpkeepNote> notes) =>
        notes.GroupBy(n => n.Work).Select(same => same.MaxBy(n => n.At));

    private async Task<string> Night(ApiSite site, bool succeeds)
    {
        var (code, output) = await OperatorScript.Run(site, "nightly", _backups.FullName);
        Assert.True(code == (succeeds ? 0 : 1), output);
        return output;
    }

    private void OldBackup()
    {
        foreach (var name in (string[])["tms-20200101T023000Z.dump", "notes.txt"])
        {
            File.WriteAllText(_backups.File(name), "");
            File.SetLastWriteTimeUtc(_backups.File(name), TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-31));
        }
    }

    private IEnumerable<string> Backups() =>
        Directory.GetFileSystemEntries(_backups.FullName, "tms-*").Where(e => Path.GetExtension(e) is "" or ".dump");

    private static string First(IEnumerable<string> backups) => backups.Min(StringComparer.Ordinal)!;

    private static async Task<BlobAddress> Store(ApiSite site, Company company, byte[] picture)
    {
        await using var store = StoreOf.Open(site);
        var put = await store.GetRequiredService<IBlobStore>()
            .Put(BlobOwner.Company(new TenantId(company.Id)), "image/png", new MemoryStream(picture), Cancel);
        return Assert.IsType<BlobPut.Stored>(put).Blob.Address;
    }

    private static async Task<byte[]> Content(ApiSite site, BlobAddress address)
    {
        await using var store = StoreOf.Open(site);
        var content = new MemoryStream();
        await foreach (var piece in store.GetRequiredService<IBlobStore>().Read(address, Cancel)) content.Write(piece.Span);
        return content.ToArray();
    }

    private static async Task<Guid> Hired(Company company, Marker marker) => (await company.Lead.Post("/api/v1/auth/register", new
    {
        email = $"{marker.Text}@tms.example",
        password = Company.Password,
        fornavn = marker.Text,
        etternavn = "Vik",
        rolle = "BRUKER",
        bedriftId = company.Id,
    })).Expect(201)["user"].GetProperty("id").GetGuid();

    private static async Task<string> Sent(Client lead)
    {
        var id = (await lead.Post(LiveWork.Invoices, Some.Invoice())).Expect(201).Id;
        (await lead.Post($"{LiveWork.Invoices}/{id}/send")).Expect(200);
        return (await lead.Get($"{LiveWork.Invoices}/{id}")).Expect(200).Body;
    }
}

public sealed class SqliteDrillTests : DrillTests
{
    internal override Task<ApiSite> NewSite() => ApiSite.OnSqlite();
}

public sealed class PostgresDrillTests : DrillTests
{
    internal override Task<ApiSite> NewSite() => ApiSite.OnPostgres();
}
