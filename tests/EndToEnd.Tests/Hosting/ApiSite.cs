using Tms.Testing.Files;
using Tms.Testing.Postgres;

namespace Tms.EndToEnd.Tests.Hosting;

/// <summary>What an Api is started on again and again: a data folder, and a PostgreSQL database where it has one.</summary>
internal sealed class ApiSite : IDisposable
{
    private readonly TempFolder _folder = new();

    private ApiSite(string? postgres) => Postgres = postgres;

    /// <summary>The PostgreSQL database; null: SQLite in the data folder.</summary>
    public string? Postgres { get; }

    public string DataPath => _folder.FullName;

    public static Task<ApiSite> OnSqlite() => Task.FromResult(new ApiSite(null));

    public static async Task<ApiSite> OnPostgres() => On(await PostgresDatabases.CreateDatabase());

    /// <summary>On a PostgreSQL database that there is.</summary>
    public static ApiSite On(string postgres) => new(postgres);

    /// <summary>Settings of a start here; those given come last and win.</summary>
    public ApiSettingsGiven Settings(params string[] more) => new(
        [
            "--urls=http://127.0.0.1:0", $"--Tms:DataPath={DataPath}", "--Tms:Dashboard:Enabled=true", "--Tms:Cluster:SiloPort=0",
            "--Tms:Cluster:GatewayPort=0",
            .. Postgres is null
                ? Array.Empty<string>()
                : [$"--ConnectionStrings:Tms={Postgres}", "--Tms:Cluster:AdvertisedAddress=127.0.0.1"],
            .. more,
        ],
        new Dictionary<string, string>());

    /// <summary>Starts the program in a process of its own.</summary>
    public Task<ApiProcess> Start(params string[] more) => ApiProcess.Start(Unlimited(more));

    /// <summary>Starts the program inside the tests' process.</summary>
    public Task<ApiInside> Host(params string[] more) => ApiInside.Start(Unlimited(more));

    /// <summary>Starts it without waiting until it is ready.</summary>
    public Task<ApiProcess> Begin(params string[] more) => ApiProcess.Begin(WithAdmin(Settings(more)));

    public static ApiSettingsGiven WithAdmin(ApiSettingsGiven given) => given with
    {
        Environment = new Dictionary<string, string> { ["TMS_ADMIN_EMAIL"] = Admin.Email, ["TMS_ADMIN_PASSWORD"] = Admin.Password },
    };

    public void Dispose() => _folder.Dispose();

    private ApiSettingsGiven Unlimited(string[] more) => WithAdmin(Settings(["--Tms:RateLimiting:Enabled=false", .. more]));

    /// <summary>The administrator that the environment names.</summary>
    public static class Admin
    {
        public const string Email = "root@tms.example";
        public const string Password = "nordlys-over-tromso-41";
    }
}
