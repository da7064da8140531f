using System.Net;
using System.Net.Sockets;
using Npgsql;
using Tms.EndToEnd.Tests.Hosting;
using Tms.Testing.Network;
using Tms.Testing.Postgres;

namespace Tms.EndToEnd.Tests.Start;

public sealed class StartTests
{
    [Theory]
    [InlineData("--urls=http://127.0.0.1:99999", "urls")]
    [InlineData("--urls=everywhere", "urls")]
    [InlineData("--urls=ftp://127.0.0.1:0", "urls")]
    [InlineData("--ConnectionStrings:Tms=rubbish", "ConnectionStrings:Tms")]
    [InlineData("--ConnectionStrings:Tms=Database=tms", "ConnectionStrings:Tms")]
    [InlineData("--Tms:DataPath=/proc/nowhere", "Tms:DataPath")]
    [InlineData("--Tms:DataPath=/dev/null", "Tms:DataPath")]
    [InlineData("--Tms:DataPath=", "Tms:DataPath")]
    [InlineData("--Tms:MasterKey=abc", "Tms:MasterKey")]
    [InlineData("--Tms:MasterKey=AAECAw==", "Tms:MasterKey")]
    [InlineData("--Tms:Silo=sideways", "Tms:Silo")]
    [InlineData("--Tms:Silo=outside", "Tms:Silo")]
    [InlineData("--Tms:Cluster:SiloPort=70000", "Tms:Cluster:SiloPort")]
    [InlineData("--Tms:Cluster:GatewayPort=many", "Tms:Cluster:GatewayPort")]
    [InlineData("--Tms:Cluster:Kubernetes=true", "Tms:Cluster:Kubernetes")]
    [InlineData("--Tms:Live:MessagesPerSecond=0", "MessagesPerSecond")]
    [InlineData("--Tms:Live:WriteTimeout=soon", "Tms:Live:WriteTimeout")]
    [InlineData("--Tms:EventStore:Lanes=-1", "Lanes")]
    [InlineData("--Tms:EventStore:Lanes=two", "Tms:EventStore:Lanes")]
    [InlineData("--Tms:RateLimiting:Enabled=perhaps", "Tms:RateLimiting:Enabled")]
    [InlineData("--Tms:RateLimiting:PerCaller=-1", "Tms:RateLimiting:PerCaller")]
    [InlineData("--Tms:Versions:V1Sunset=soon", "Tms:Versions:V1Sunset")]
    [InlineData("--Tms:Cors:Origins=example.no", "Tms:Cors:Origins")]
    [InlineData("--Tms:KnownProxies=proxy", "Tms:KnownProxies")]
    [InlineData("--OTEL_EXPORTER_OTLP_ENDPOINT=collector", "OTEL_EXPORTER_OTLP_ENDPOINT")]
    [InlineData("--OTEL_EXPORTER_OTLP_ENDPOINT=ftp://collector", "OTEL_EXPORTER_OTLP_ENDPOINT")]
    [InlineData("--TMS_ADMIN_PASSWORD=short", "TMS_ADMIN_PASSWORD")]
    [InlineData("--TMS_ADMIN_EMAIL=nobody", "TMS_ADMIN_EMAIL")]
    public async Task A_value_that_cannot_be_right_stops_the_start_with_a_sentence(string argument, string named)
    {
        using var site = await ApiSite.OnSqlite();
        Stopped(await ApiInside.RunToEnd(site.Settings("--Tms:Cluster:StartTimeout=00:00:00", argument)), named);
    }

    [Theory]
    [InlineData("--urls=everywhere", "urls")]
    [InlineData("--ConnectionStrings:Tms=Database=tms", "ConnectionStrings:Tms")]
    [InlineData("--Tms:DataPath=/dev/null", "Tms:DataPath")]
    [InlineData("--Tms:Cluster:SiloPort=70000", "Tms:Cluster:SiloPort")]
    [InlineData("--Tms:Cluster:GatewayPort=many", "Tms:Cluster:GatewayPort")]
    [InlineData("--Tms:EventStore:Lanes=-1", "Lanes")]
    [InlineData("--OTEL_EXPORTER_OTLP_ENDPOINT=collector", "OTEL_EXPORTER_OTLP_ENDPOINT")]
    public async Task It_stops_the_start_of_a_silo_s_own_process_too(string argument, string named)
    {
        using var site = await ApiSite.OnSqlite();
        Stopped(
            await ApiInside.RunToEnd(site.Settings("--Tms:Cluster:StartTimeout=00:00:00", argument) with { Program = ApiProgram.Silo }),
            named);
    }

    [Theory]
    [InlineData(ApiProgram.Api)]
    [InlineData(ApiProgram.Silo)]
    public async Task A_process_that_cannot_start_says_one_sentence_and_no_password(string program)
    {
        using var site = await ApiSite.OnSqlite();
        var given = site.Settings(
            "--Tms:Cluster:StartTimeout=00:00:00", "--ConnectionStrings:Tms=Host=127.0.0.1;Port=1;Username=tms;Password=geheim");
        Stopped(await ApiProcess.RunToEnd(given with { Program = program }), "PostgreSQL at 127.0.0.1:1, database 'tms'");
    }

    [Fact]
    public async Task A_database_that_comes_later_is_waited_for()
    {
        using var site = await ApiSite.OnPostgres();
        var server = new NpgsqlConnectionStringBuilder(site.Postgres);
        int port;
        using (var free = TcpProxy.Before(server.Host!, server.Port)) port = free.Port;
        var later = new NpgsqlConnectionStringBuilder(site.Postgres) { Host = "127.0.0.1", Port = port };
        await using var api = ApiInside.Begin(
            ApiSite.WithAdmin(site.Settings($"--ConnectionStrings:Tms={later}", "--Tms:Cluster:StartTimeout=00:01:00")));
        await api.Said("Waiting up to");
        using var link = TcpProxy.Before(server.Host!, server.Port, port);
        await api.Said("Application started");
        Assert.Equal(0, await api.Stop());
    }

    [Theory]
    [InlineData(true, "is a folder")]
    [InlineData(false, "is no SQLite database")]
    public async Task A_file_that_is_no_database_is_told_and_left_as_it_is(bool isFolder, string said)
    {
        using var site = await ApiSite.OnSqlite();
        var file = Path.Combine(site.DataPath, "tms.db");
        var rubbish = Enumerable.Range(0, 5000).Select(n => (byte)(n * 7)).ToArray();
        if (isFolder) Directory.CreateDirectory(file);
        else await File.WriteAllBytesAsync(file, rubbish, TestContext.Current.CancellationToken);
        Stopped(await ApiProcess.RunToEnd(site.Settings()), said);
        if (!isFolder) Assert.Equal(rubbish, await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_data_folder_may_have_any_name()
    {
        using var site = await ApiSite.OnSqlite();
        var folder = Path.Combine(site.DataPath, "a;b = 'c' \"d\" æ");
        await using var api = await site.Host($"--Tms:DataPath={folder}");
        await Companies.Register(new Client(() => api.Http));
        Assert.True(File.Exists(Path.Combine(folder, "tms.db")));
    }

    [Fact]
    public async Task A_database_without_room_for_every_text_is_told()
    {
        var server = new NpgsqlConnectionStringBuilder(await PostgresDatabases.CreateDatabase());
        var name = $"latin_{Guid.CreateVersion7():n}";
        await PostgresDatabases.Execute(
            server.ConnectionString, $"create database {name} encoding 'LATIN1' lc_collate 'C' lc_ctype 'C' template template0");
        server.Database = name;
        using var site = ApiSite.On(server.ConnectionString);
        Stopped(await ApiInside.RunToEnd(site.Settings()), "LATIN1");
    }

    [Fact]
    public async Task A_role_that_may_create_nothing_is_told_what_to_grant()
    {
        var database = new NpgsqlConnectionStringBuilder(await PostgresDatabases.CreateDatabase());
        var role = $"r{Guid.CreateVersion7():n}";
        await PostgresDatabases.Execute(
            database.ConnectionString, $"create role {role} login password 'x'; revoke create on schema public from public");
        (database.Username, database.Password) = (role, "x");
        using var site = ApiSite.On(database.ConnectionString);
        Stopped(await ApiInside.RunToEnd(site.Settings()), "grant create");
    }

    [Fact]
    public async Task A_second_process_on_the_same_data_is_refused()
    {
        using var site = await ApiSite.OnSqlite();
        await using var first = await site.Host();
        Stopped(await ApiProcess.RunToEnd(site.Settings()), "Tms:DataPath");
        (await new Client(() => first.Http).Get("/health/ready")).Expect(200);
    }

    [Fact]
    public async Task A_port_that_is_taken_stops_the_start_with_a_sentence()
    {
        using var site = await ApiSite.OnSqlite();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        Stopped(await ApiProcess.RunToEnd(site.Settings($"--urls=http://{taken.LocalEndpoint}")), "urls");
    }

    [Fact]
    public async Task Another_master_key_does_not_open_the_store()
    {
        using var site = await ApiSite.OnSqlite();
        await using (var api = await site.Host()) Assert.Equal(0, await api.Stop());
        Stopped(await ApiInside.RunToEnd(site.Settings("--Tms:MasterKey=" + Convert.ToBase64String(new byte[32]))), "Tms:MasterKey");
    }

    [Fact]
    public async Task The_first_start_makes_an_administrator_and_prints_the_password_once()
    {
        using var site = await ApiSite.OnSqlite();
        string[] words;
        await using (var first = await ApiProcess.Start(site.Settings()))
        {
            words = first.Output.Split(Environment.NewLine).Single(line => line.StartsWith("First start:", StringComparison.Ordinal))
                .Split(' ');
            await Companies.LogIn(new(() => first.Http), "admin@tms.localhost", words[8]);
            Assert.Equal(0, await first.Stop());
        }

        await using var second = await ApiProcess.Start(site.Settings());
        Assert.DoesNotContain("First start", second.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(words[8], second.Output, StringComparison.Ordinal);
        await Companies.LogIn(new(() => second.Http), "admin@tms.localhost", words[8]);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(site.DataPath, "master.key")));
    }

    [Fact]
    public async Task After_the_sunset_of_v1_there_is_v2_alone()
    {
        using var site = await ApiSite.OnSqlite();
        await using var api = await site.Host("--Tms:Versions:V1Sunset=2026-06-30");
        var company = await Companies.Register(new(() => api.Http));
        foreach (var (path, headers) in ((string, (string, string)[])[])[
            ("/api/v1/users/profile", []), ("/api/users/profile", [("X-API-Version", "1.0")]),
            ("/api/users/profile", [("Accept", "application/vnd.tms.v1+json")])])
        {
            var gone = (await company.Lead.Get(path, headers)).Expect(410);
            Assert.Equal(("api_version_sunset", "2.0"), (gone["code"].GetString(), gone.Header("api-supported-versions")));
        }

        var profile = (await company.Lead.Get("/api/users/profile")).Expect(200);
        Assert.Equal(("2.0", "Kari"), (profile.Header("X-API-Version"), profile["firstName"].GetString()));
    }

    private static void Stopped((int Code, string Output) run, string named)
    {
        Assert.NotEqual(0, run.Code);
        var sentence = run.Output.Split(Environment.NewLine)
            .SingleOrDefault(line => line.StartsWith("TMS cannot start: ", StringComparison.Ordinal));
        Assert.True(sentence is not null && sentence.Contains(named, StringComparison.Ordinal), run.Output);
        Assert.DoesNotContain("Unhandled exception", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", run.Output, StringComparison.Ordinal);
    }
}
