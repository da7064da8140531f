using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;
using Tms.Api.Hosting;
using Tms.Api.Security;
using Tms.Api.Tenancy;
using Tms.Domain.Users;
using Tms.EventStore;

namespace Tms.Api.Tests.Hosting;

/// <summary>The edge on a real Kestrel on a port of its own, with the controllers of this project behind it.</summary>
public sealed class ApiHost : IAsyncDisposable
{
    private const string Key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private readonly WebApplication _app;

    private ApiHost(WebApplication app, FakeTimeProvider time)
    {
        _app = app;
        Time = time;
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, Expect100ContinueTimeout = TimeSpan.FromMinutes(1) })
        {
            BaseAddress = new Uri(app.Urls.First()),
        };
    }

    public HttpClient Client { get; }

    public FakeTimeProvider Time { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<ApiHost> Start(
        Dictionary<string, string?>? settings = null, Action<IServiceCollection>? services = null, Action<WebApplication>? map = null,
        FakeTimeProvider? time = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Tms:MasterKey"] = Key })
            .AddInMemoryCollection(settings ?? []);
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        time ??= new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 8, 0, 0, TimeSpan.Zero));
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddRouting();
        builder.Services.AddSingleton<IKeyStore>(new MemoryKeys());
        builder.Services.AddSingleton<ICompanyDirectory>(new EveryCompany());
        builder.Services.AddSingleton<IApiKeys>(new NoApiKeys());
        services?.Invoke(builder.Services);
        builder.Services.TryAddSingleton<IPermits>(new MemoryPermits());
        builder.Services.AddTmsApi(builder.Configuration);
        builder.Services.AddMvcCore().AddApplicationPart(typeof(ApiHost).Assembly);
        var app = builder.Build().UseTmsApi();
        map?.Invoke(app);
        await app.StartAsync();
        return new ApiHost(app, time);
    }

    public async Task<HttpResponseMessage> Send(
        HttpMethod method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await Client.SendAsync(request);
    }

    /// <summary>The header of a logged-in user of a company, or of an ADMIN.</summary>
    public (string, string) As(Role role, Guid? company = null) => ("Authorization", "Bearer " + Token(role, company).Token);

    public (string Token, Caller Caller) Token(Role role, Guid? company = null) =>
        Services.GetRequiredService<TokenIssuer>()
            .Issue(Guid.CreateVersion7(), "kari@example.no", role, role == Role.Admin ? null : company ?? Guid.CreateVersion7());

    public Task<HttpResponseMessage> Get(string path, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Get, path, null, headers);

    public Task<HttpResponseMessage> Post(string path, string body, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Post, path, body, headers);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}

internal static class Responses
{
    public static string Header(this HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : "";

    public static async Task<JsonElement> Json(this HttpResponseMessage response) =>
        await response.Content.ReadFromJsonAsync<JsonElement>();

    public static async Task<string> Code(this HttpResponseMessage response) => (await response.Json()).GetProperty("code").GetString()!;
}

/// <summary>One host for all tests of a class.</summary>
public sealed class SharedApi : IAsyncLifetime
{
    public ApiHost Api { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Api = await ApiHost.Start();

    public ValueTask DisposeAsync() => Api.DisposeAsync();
}
