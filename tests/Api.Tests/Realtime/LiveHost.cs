using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Tms.Api.Realtime;
using Tms.Api.Tenancy;
using Tms.Api.Tests.Hosting;
using Tms.Domain.Users;
using Tms.EventStore;
using Tms.Testing.Live;
using Tms.Testing.Persons;

namespace Tms.Api.Tests.Realtime;

/// <summary>A node with the live hub on a loopback port, over a log and feeds that the test drives.</summary>
internal sealed class LiveHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<LiveClient> _clients = [];

    private LiveHost(WebApplication app, FakeLog log) => (_app, Log) = (app, log);

    public FakeLog Log { get; }

    public FakeFeeds Feeds => (FakeFeeds)_app.Services.GetRequiredService<ICompanyFeeds>();

    public FakeLeases Leases => (FakeLeases)_app.Services.GetRequiredService<IConnectionLeases>();

    public TestTokens Tokens => _app.Services.GetRequiredService<TestTokens>();

    public EveryCompany Companies => (EveryCompany)_app.Services.GetRequiredService<ICompanyDirectory>();

    public LiveBridges Bridges => _app.Services.GetRequiredService<LiveBridges>();

    public LiveMemory Memory => _app.Services.GetRequiredService<LiveServices>().Memory;

    public TimeProvider Time => _app.Services.GetRequiredService<TimeProvider>();

    public Uri Address => new(_app.Urls.First());

    public Guid Company { get; } = Guid.CreateVersion7();

    /// <summary>By default the log is never asked by itself: what arrives was delivered, or found by its sequence.</summary>
    public static async Task<LiveHost> Start(
        Action<LiveOptions>? configure = null, FakeLog? log = null, FakeTimeProvider? time = null,
        Action<IServiceCollection>? services = null)
    {
        log ??= new();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TestTokens>();
        builder.Services.AddSingleton<ITokenValidator>(static provider => provider.GetRequiredService<TestTokens>());
        builder.Services.AddAuthentication(TestAuthentication.Scheme0)
            .AddScheme<AuthenticationSchemeOptions, TestAuthentication>(TestAuthentication.Scheme0, null);
        builder.Services.AddSingleton<IEventReader>(log).AddSingleton<IEventOpener, NobodysEvents>();
        builder.Services.AddSingleton<ICompanyDirectory>(new EveryCompany());
        builder.Services.AddSingleton(TestEvents.Catalog);
        builder.Services.AddSingleton<TimeProvider>(time ?? TimeProvider.System);
        builder.Services.AddTmsLive(builder.Configuration);
        builder.Services.Replace(ServiceDescriptor.Singleton<ICompanyFeeds>(new FakeFeeds()));
        builder.Services.Replace(ServiceDescriptor.Singleton<IConnectionLeases>(new FakeLeases()));
        builder.Services.Configure<LiveOptions>(options =>
        {
            options.HeadCheck = TimeSpan.FromMinutes(1);
            // Also on a machine that stands still for a moment the client reads why it was closed.
            options.LastWords = TimeSpan.FromSeconds(30);
            configure?.Invoke(options);
        });
        // A client of a test that says nothing is not lost, however slow the machine.
        builder.Services.PostConfigure<HubOptions<LiveHub>>(options => options.ClientTimeoutInterval = TimeSpan.FromMinutes(10));
        services?.Invoke(builder.Services);
        var app = builder.Build();
        app.UseWebSockets();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapTmsLive();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new(app, log);
    }

    public string Token(TestUser user, TimeSpan? life = null) => Tokens.Issue(user, Time.GetUtcNow() + (life ?? TimeSpan.FromMinutes(15)));

    public Task<LiveClient> Connect(Role role = Role.Hovedbruker, string query = "") => Connect(TestUser.Of(role, Company), query);

    public Task<LiveClient> Connect(TestUser user, string query = "") => ConnectWith(Token(user), query);

    public async Task<LiveClient> ConnectWith(string token, string query = "")
    {
        var client = new LiveClient(Address, token, query);
        lock (_clients)
        {
            _clients.Add(client);
        }

        await client.Start();
        return client;
    }

    public static string[] Rooms(params string[] names) => names;

    public Task Stop() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }

        await _app.DisposeAsync();
    }
}
