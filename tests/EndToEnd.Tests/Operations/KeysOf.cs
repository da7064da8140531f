using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Tms.Api.Hosting;
using Tms.EndToEnd.Tests.Hosting;
using Tms.EventStore;

namespace Tms.EndToEnd.Tests.Operations;

/// <summary>What a site's master key opens, and that key itself: none of it may stand in a backup.</summary>
internal static class KeysOf
{
    public static async Task<IReadOnlyList<byte[]>> Opened(ApiSite site)
    {
        var master = ApiSettings.Read(new ConfigurationBuilder().AddInMemoryCollection([new("Tms:DataPath", site.DataPath)]).Build())
            .LoadMasterKey();
        var text = await File.ReadAllTextAsync(Path.Combine(site.DataPath, "master.key"), TestContext.Current.CancellationToken);
        await using var store = StoreOf.Open(site);
        var keys = await store.GetRequiredService<IKeyStore>().All("access-token", TestContext.Current.CancellationToken);
        return
        [
            System.Text.Encoding.ASCII.GetBytes(text.Trim()), Convert.FromBase64String(text.Trim()),
            .. keys.Select(key => master.Unwrap(key.Purpose, key.Id, key.Wrapped)),
        ];
    }
}
