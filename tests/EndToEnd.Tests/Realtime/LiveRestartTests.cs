using Tms.EndToEnd.Tests.Hosting;
using Tms.Testing.Files;
using Tms.Testing.Live;

namespace Tms.EndToEnd.Tests.Realtime;

public sealed class LiveRestartTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_resume_brings_what_was_missed_across_a_restart_of_everything(bool postgres)
    {
        using var site = postgres ? await ApiSite.OnPostgres() : await ApiSite.OnSqlite();
        var (company, position, epoch) = await Begin(site);
        await using var api = await site.Host();
        var lead = await Companies.LogIn(new(() => api.Http), company.Email);
        await LiveWork.SentAndPaid(lead);
        await using var live = await LiveClient.Connect(api.Http, lead.Token, $"?since={position}&epoch={epoch}");
        await LiveWork.SentAndPaid(lead);
        // Three before the stop, the login, and three twice since.
        await live.Reached(position + 10);
        Assert.Equal(Enumerable.Range(1, 10).Select(n => position + n), live.Positions);
        Assert.Empty(live.Of("resync"));
    }

    [Fact]
    public async Task A_data_folder_that_was_put_back_from_a_copy_is_another_log_where_it_goes_on_differently()
    {
        using var site = await ApiSite.OnSqlite();
        using var copy = new TempFolder();
        var (company, shared, sharedEpoch) = await Begin(site);
        Copy(site.DataPath, copy.FullName);
        var (position, epoch) = await GoOn(site, company);
        Directory.Delete(site.DataPath, recursive: true);
        Copy(copy.FullName, site.DataPath);
        await GoOn(site, company);

        await using var api = await site.Host();
        var lead = await Companies.LogIn(new(() => api.Http), company.Email);
        await using var lost = await LiveClient.Connect(api.Http, lead.Token, $"?since={position}&epoch={epoch}");
        await lost.First("resync");
        await using var kept = await LiveClient.Connect(api.Http, lead.Token, $"?since={shared}&epoch={sharedEpoch}");
        await kept.Reached((await LiveClient.Head(api.Http, lead.Token)).Position);
        Assert.Empty(kept.Of("resync"));
        Assert.Equal(shared + 1, kept.Positions[0]);
    }

    private static async Task<(long Position, string Epoch)> GoOn(ApiSite site, Company company)
    {
        await using var api = await site.Host();
        var lead = await Companies.LogIn(new(() => api.Http), company.Email);
        await LiveWork.SentAndPaid(lead);
        var head = await LiveClient.Head(api.Http, lead.Token);
        Assert.Equal(0, await api.Stop());
        return head;
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var folder in Directory.GetDirectories(from, "*", SearchOption.AllDirectories))
            Directory.CreateDirectory(folder.Replace(from, to, StringComparison.Ordinal));
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
            File.Copy(file, file.Replace(from, to, StringComparison.Ordinal));
    }

    // A client sees three events and goes; three more happen; the process stops in the ordinary way.
    private static async Task<(Company Company, long Position, string Epoch)> Begin(ApiSite site)
    {
        await using var api = await site.Host();
        var company = await Companies.Register(new(() => api.Http));
        await using var live = await LiveClient.Connect(api.Http, company.Lead.Token);
        var connected = await live.Connected();
        await LiveWork.SentAndPaid(company.Lead);
        await live.Reached(connected.Position + 3);
        var progress = live.Of("progress")[^1];
        await live.DisposeAsync();
        await LiveWork.SentAndPaid(company.Lead);
        Assert.Equal(0, await api.Stop());
        return (company, progress.Position, progress.Epoch);
    }
}
