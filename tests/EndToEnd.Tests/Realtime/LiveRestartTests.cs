using Tms.EndToEnd.Tests.Hosting;
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
        await using var api = await site.Start();
        var lead = await Companies.LogIn(new(() => api.Http), company.Email);
        await LiveWork.SentAndPaid(lead);
        await using var live = await LiveClient.Connect(api.Http, lead.Token, $"?since={position}&epoch={epoch}");
        await LiveWork.SentAndPaid(lead);
        // Three before the stop, the login, and three twice since.
        await live.Reached(position + 10);
        Assert.Equal(Enumerable.Range(1, 10).Select(n => position + n), live.Positions);
        Assert.Empty(live.Of("resync"));
    }

    // A client sees three events and goes; three more happen; the process stops in the ordinary way.
    private static async Task<(Company Company, long Position, string Epoch)> Begin(ApiSite site)
    {
        await using var api = await site.Start();
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
