using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Tms.Api.Hosting;
using Tms.Api.Security;
using Tms.Domain.Users;
using Tms.EventStore;
using Tms.EventStore.Hosting;

namespace Tms.EndToEnd.Tests.Hosting;

/// <summary>
/// Makes access tokens as another Api process on the same store and data folder would: with the keys that are kept there.
/// </summary>
internal sealed class TokenPress : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly ApiSettings _settings;
    private readonly SigningKeys _keys;

    private TokenPress(ApiSite site)
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Tms:DataPath", site.DataPath)]).Build();
        var services = new ServiceCollection().AddSingleton(configuration).AddSingleton(TimeProvider.System).AddLogging();
        _ = site.Postgres is { } postgres
            ? services.AddPostgresEventStore(postgres)
            : services.AddSqliteEventStore(Path.Combine(site.DataPath, "tms.db"));
        _services = services.BuildServiceProvider();
        _settings = ApiSettings.Read(configuration);
        _keys = new SigningKeys(_services.GetRequiredService<IKeyStore>(), _settings.LoadMasterKey(), TimeProvider.System);
    }

    public static async Task<TokenPress> On(ApiSite site)
    {
        var press = new TokenPress(site);
        await press._keys.Load(TestContext.Current.CancellationToken);
        return press;
    }

    /// <summary>A token for a user, made at a time.</summary>
    public string Token(Role role, Guid? company, Guid user, TimeProvider? at = null, Func<ApiSettings, ApiSettings>? settings = null) =>
        new TokenIssuer(_keys, settings?.Invoke(_settings) ?? _settings, at ?? TimeProvider.System).Issue(
            user, $"{role}@tms.example", role, company).Token;

    public async ValueTask DisposeAsync()
    {
        _keys.Dispose();
        await _services.DisposeAsync();
    }
}
