using System.Globalization;
using System.Text;
using System.Text.Json;
using Tms.Domain.Shared;
using Tms.EndToEnd.Tests.Hosting;
using Tms.EndToEnd.Tests.Realtime;
using Tms.Testing.Files;
using Tms.Testing.Live;
using Tms.Testing.Postgres;

namespace Tms.EndToEnd.Tests.Operations;

/// <summary>Backups of the running program, and what a restored one does.</summary>
public abstract class BackupTests : IDisposable
{
    private const string Invoices = LiveWork.Invoices;
    private readonly TempFolder _backups = new();

    [Fact]
    public async Task A_backup_that_was_taken_under_load_goes_on_from_its_moment_in_a_fresh_place()
    {
        using var lost = await NewSite();
        var (company, epoch, backup) = await LoseAfterBackup(lost, () => OperatorScript.Backup(lost, _backups.FullName));
        using var site = await NewSite();
        Succeeded(await OperatorScript.Run(site, "restore", backup), "all sound");
        await GoesOn(lost, site, company, epoch);
        Succeeded(await OperatorScript.Run(site, "restore", backup, "--replace"), "all sound");
    }

    [Fact]
    public async Task A_database_that_has_events_is_not_restored_over_unless_that_is_asked_for()
    {
        using var site = await NewSite();
        Company company;
        string backup;
        await using (var api = await site.Host())
        {
            backup = await OperatorScript.Backup(site, _backups.FullName);
            company = await Companies.Register(new(() => api.Http));
            Refused(
                await OperatorScript.Run(site, "restore", backup, "--replace"),
                site.Postgres is null ? "in use by another process" : "others are connected");
            Assert.Equal(0, await api.Stop());
        }

        Refused(await OperatorScript.Run(site, "restore", backup), "has events");
        Cut(backup);
        Refused(await OperatorScript.Run(site, "restore", backup, "--replace"), "its manifest says otherwise");
        File.Delete(Path.ChangeExtension(backup, ".manifest"));
        Refused(await OperatorScript.Run(site, "restore", backup, "--replace"), "restore");
        await using var again = await site.Host();
        await Companies.LogIn(new(() => again.Http), company.Email);
    }

    [Fact]
    public async Task Without_the_master_key_a_backup_tells_no_secret_and_serves_nobody()
    {
        using var site = await NewSite();
        await using var api = await site.Host();
        var company = await Companies.Register(new(() => api.Http));
        var content = await Content(site, await OperatorScript.Backup(site, _backups.FullName));
        Assert.True(Holds(content, Encoding.UTF8.GetBytes(company.Email)), "Nothing can be found in the backup at all.");
        foreach (var text in (string[])[Company.Password, ApiSite.Admin.Password, company.RefreshToken, company.Lead.Token!])
            Assert.False(Holds(content, Encoding.UTF8.GetBytes(text)), $"'{text}' stands in the backup.");
        var keys = await KeysOf.Opened(site);
        Assert.NotEmpty(keys);
        Assert.All(keys, key => Assert.False(Holds(content, key), "A key stands in the backup."));

        Assert.Equal(0, await api.Stop());
        var (code, output) = await ApiInside.RunToEnd(site.Settings("--Tms:MasterKey=" + Convert.ToBase64String(new byte[32])));
        Assert.Equal(1, code);
        Assert.Contains("TMS cannot start: Tms:MasterKey is not the key", output, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _backups.Dispose();
        GC.SuppressFinalize(this);
    }

    internal abstract Task<ApiSite> NewSite();

    /// <summary>The bytes of a backup, uncompressed.</summary>
    internal abstract Task<byte[]> Content(ApiSite site, string backup);

    /// <summary>Damages a backup: its end is missing.</summary>
    internal abstract void Cut(string backup);

    /// <summary>Whether a backup holds these bytes, in the way it writes them.</summary>
    internal abstract bool Holds(byte[] content, byte[] part);

    /// <summary>People write, a backup is made, people go on, and everything is lost at once.</summary>
    internal static async Task<(Company Company, string Epoch, string Backup)> LoseAfterBackup(ApiSite site, Func<Task<string>> backup)
    {
        await using var api = await site.Start();
        var company = await Companies.Register(new(() => api.Http));
        var today = Oslo.DateOf(TimeProvider.System.GetUtcNow());
        await Sent(company.Lead, today.AddDays(-1));
        using var enough = new CancellationTokenSource();
        var writing = Write(company.Lead, today, enough.Token);
        var made = await backup();
        await enough.CancelAsync();
        await writing;
        await Sent(company.Lead, today);
        var (_, epoch) = await LiveClient.Head(api.Http, company.Lead.Token);
        await api.Kill();
        return (company, epoch, made);
    }

    /// <summary>
    /// What a restored database must do: be another history for live clients, end sessions, count on, and do what is due.
    /// </summary>
    internal static async Task GoesOn(ApiSite lost, ApiSite site, Company company, string epoch, bool sessionsEnded = true)
    {
        File.Copy(Path.Combine(lost.DataPath, "master.key"), Path.Combine(site.DataPath, "master.key"), overwrite: true);
        await using var api = await site.Host();
        var anonymous = new Client(() => api.Http);
        Assert.Equal(
            sessionsEnded ? 401 : 200, (await anonymous.Post("/api/v2/auth/refresh", new { refreshToken = company.RefreshToken })).Status);
        var lead = await Companies.LogIn(anonymous, company.Email);
        await using var live = await LiveClient.Connect(api.Http, lead.Token, $"?since=1&epoch={epoch}");
        Assert.NotEqual(epoch, (await live.First("resync")).Epoch);

        var numbers = await Numbers(lead);
        Assert.Equal(Enumerable.Range(1, numbers.Length).Select(n => (long)n), numbers);
        Assert.Equal(numbers.Length + 1, await Sent(lead, Oslo.DateOf(TimeProvider.System.GetUtcNow())));
        await live.Until(all => all.Any(r => r.Target == "event" && r.Type == "INVOICE_SENT"));
        await Overdue(lead);
        Assert.Equal(0, await api.Stop());
        var given = site.Settings();
        Succeeded(
            await ApiInside.RunToEnd(given with { Arguments = ["verify", .. given.Arguments], Program = ApiProgram.Silo }), "all sound");
    }

    private static async Task Write(Client lead, DateOnly due, CancellationToken enough)
    {
        while (!enough.IsCancellationRequested) await Sent(lead, due);
    }

    private static async Task<long> Sent(Client lead, DateOnly due)
    {
        var day = due.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var id = (await lead.Post(Invoices, Some.Invoice(issueDate: day, dueDate: day))).Expect(201).Id;
        return (await lead.Post($"{Invoices}/{id}/send")).Expect(200)["number"].GetInt64();
    }

    // A draft has no number; the newest may be one, made while the backup was.
    private static async Task<long[]> Numbers(Client lead)
    {
        var numbers = new List<long>();
        string? cursor = null;
        do
        {
            var page = (await lead.Get(
                $"{Invoices}?sort=createdAt&limit=100{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}")).Expect(200);
            numbers.AddRange(page["items"].EnumerateArray().Select(i => i.GetProperty("number"))
                .Where(n => n.ValueKind == JsonValueKind.Number).Select(n => n.GetInt64()));
            cursor = page["nextCursor"].GetString();
        }
        while (cursor is not null);
        return [.. numbers.Order()];
    }

    // What fell due the day before is marked at the start: the jobs of the restored database run.
    private static async Task Overdue(Client lead)
    {
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while ((await lead.Get($"{Invoices}?overdue=true")).Expect(200)["items"].GetArrayLength() == 0)
            await poll.WaitForNextTickAsync(limit.Token);
    }

    private protected static void Succeeded((int Code, string Output) run, string said) =>
        Assert.True(run.Code == 0 && run.Output.Contains(said, StringComparison.Ordinal), run.Output);

    private static void Refused((int Code, string Output) run, string said)
    {
        Assert.True(run.Code == 1 && run.Output.Contains(said, StringComparison.Ordinal), run.Output);
        Assert.DoesNotContain("Unhandled exception", run.Output, StringComparison.Ordinal);
    }
}

public sealed class SqliteBackupTests : BackupTests
{
    internal override Task<ApiSite> NewSite() => ApiSite.OnSqlite();

    internal override Task<byte[]> Content(ApiSite site, string backup) =>
        Task.FromResult<byte[]>([.. Directory.GetFiles(backup).SelectMany(File.ReadAllBytes)]);

    internal override void Cut(string backup)
    {
        using var file = File.OpenWrite(Path.Combine(backup, "tms.db"));
        file.SetLength(file.Length / 2);
    }

    internal override bool Holds(byte[] content, byte[] part) => content.AsSpan().IndexOf(part) >= 0;
}

public sealed class PostgresBackupTests : BackupTests
{
    [Fact]
    public async Task A_dump_that_was_read_in_by_hand_goes_on_too()
    {
        using var folder = new TempFolder();
        using var lost = await NewSite();
        var dump = folder.File("dump.sql");
        var (company, epoch, _) = await LoseAfterBackup(lost, async () =>
        {
            await PostgresDumps.Dump(lost.Postgres!, dump);
            return dump;
        });
        using var site = await NewSite();
        await PostgresDumps.Load(site.Postgres!, dump);
        await GoesOn(lost, site, company, epoch, sessionsEnded: false);
    }

    [Fact]
    public async Task A_database_goes_on_from_any_moment_of_its_archive_by_the_steps_of_the_operations_page()
    {
        await using var server = await PostgresServer.Create();
        var archive = new PostgresArchive(server, await OperatorScript.Page("operations.md"));
        await archive.Begin();
        using var lost = ApiSite.On(await PostgresDatabases.CreateDatabase(server.ConnectionString));
        var moment = DateTimeOffset.MaxValue;
        var (company, epoch, _) = await LoseAfterBackup(lost, async () =>
        {
            await archive.Copy();
            moment = new DateTimeOffset(await PostgresDatabases.Scalar<DateTime>(lost.Postgres!, "select clock_timestamp()"));
            return "";
        });
        var all = await Events(lost);
        await archive.RecoverTo(moment);
        Assert.InRange(await Events(lost), 1, all - 1);
        Assert.Equal(
            0L,
            await PostgresDatabases.Scalar<long>(
                lost.Postgres!, $"select count(*) from events where time_us > {(moment - DateTimeOffset.UnixEpoch).Ticks / 10}"));
        using var site = ApiSite.On(lost.Postgres!);
        var given = site.Settings();
        Succeeded(
            await ApiInside.RunToEnd(given with { Arguments = ["restored", .. given.Arguments], Program = ApiProgram.Silo }),
            "a new epoch");
        await GoesOn(lost, site, company, epoch);
    }

    internal override Task<ApiSite> NewSite() => ApiSite.OnPostgres();

    internal override async Task<byte[]> Content(ApiSite site, string backup)
    {
        await PostgresDumps.Dump(site.Postgres!, backup + ".sql");
        return await File.ReadAllBytesAsync(backup + ".sql", TestContext.Current.CancellationToken);
    }

    internal override void Cut(string backup)
    {
        using var file = File.OpenWrite(backup);
        file.SetLength(file.Length - 1000);
    }

    private static Task<long> Events(ApiSite site) => PostgresDatabases.Scalar<long>(site.Postgres!, "select count(*) from events");

    // Bytes are written as hexadecimal digits.
    internal override bool Holds(byte[] content, byte[] part) =>
        content.AsSpan().IndexOf(part) >= 0 || content.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(part))) >= 0;
}
