using Microsoft.Extensions.Configuration;
using Tms.EventStore.Hosting;
using Tms.Grains.Mail;
using Tms.Testing.Files;
using Xunit;

namespace Tms.Grains.Tests.Mail;

public sealed class MailSettingsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Tms:PublicUrl", "tms.example.no")]
    [InlineData("Tms:PublicUrl", "ftp://tms.example.no")]
    [InlineData("Tms:PublicUrl", "https://tms.example.no/?a=b")]
    [InlineData("Tms:Smtp:Host", "no such\r\nhost")]
    [InlineData("Tms:Smtp:From", "nobody")]
    [InlineData("Tms:Smtp:From", "")]
    [InlineData("Tms:Smtp:Port", "0")]
    [InlineData("Tms:Smtp:Port", "25a")]
    [InlineData("Tms:Smtp:Security", "ssl")]
    [InlineData("Tms:Smtp:Password", "alone")]
    public void A_value_that_cannot_be_right_stops_the_start_by_name(string key, string value)
    {
        var fault = Assert.Throws<ConfigurationFaultException>(
            () => Read(("Tms:Smtp:Host", "mail.example.no"), ("Tms:Smtp:From", "tms@example.no"), (key, value)));
        Assert.Contains(key, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_of_a_server_without_its_name_stop_the_start() =>
        Assert.Contains(
            "Tms:Smtp:Host", Assert.Throws<ConfigurationFaultException>(() => Read(("Tms:Smtp:User", "tms"))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Without_a_server_mails_are_files_of_the_data_folder()
    {
        var settings = Read(("Tms:DataPath", "somewhere"), ("Tms:PublicUrl", "https://tms.example.no"));
        Assert.Equal(
            (null, Path.Combine("somewhere", "outbox"), "no-reply@tms.example.no"),
            (settings.Smtp, settings.Outbox, settings.From.Address));
    }

    [Theory]
    [InlineData(null, 587)]
    [InlineData("tls", 465)]
    [InlineData("none", 25)]
    public void The_port_follows_from_how_the_way_is_guarded(string? security, int port) =>
        Assert.Equal(
            port,
            Read(("Tms:Smtp:Host", "mail.example.no"), ("Tms:Smtp:From", "tms@example.no"), ("Tms:Smtp:Security", security)).Smtp!.Port);

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task A_mail_that_is_written_again_replaces_its_file_and_only_the_owner_reads_it()
    {
        using var folder = new TempFolder();
        var settings = Read(("Tms:DataPath", folder.FullName));
        var mail = new Tms.Grains.Mail.Mail(Guid.CreateVersion7(), "TEST", "kari@tms.example", Now, "Emne", "Tekst", "<p>Tekst</p>");
        for (var i = 0; i < 3; i++) await new OutboxSender(settings).Send(mail, TestContext.Current.CancellationToken);
        var file = Assert.Single(Directory.GetFiles(settings.Outbox));
        Assert.Equal(
            (Path.Combine(settings.Outbox, $"{mail.Id}.eml"), UnixFileMode.UserRead | UnixFileMode.UserWrite),
            (file, File.GetUnixFileMode(file)));
    }

    [Theory]
    [InlineData("kari@tms.example\r\nBcc: all@tms.example", "Emne")]
    [InlineData("kari@tms.example, all@tms.example", "Emne")]
    [InlineData("kari@tms.example", "Emne\r\nBcc: all@tms.example")]
    public async Task What_would_add_a_header_is_not_sent(string to, string subject)
    {
        using var folder = new TempFolder();
        var mail = new Tms.Grains.Mail.Mail(Guid.CreateVersion7(), "TEST", to, Now, subject, "", "");
        await Assert.ThrowsAsync<MailFailedException>(
            () => new OutboxSender(Read(("Tms:DataPath", folder.FullName))).Send(mail, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_company_cannot_write_lines_of_its_own_into_a_mail()
    {
        var text = MailTexts.Invitation("Fjord\r\nBcc: x@y.no <b>AS</b>", new MailLink("https://tms.example.no/join#token=x", "x"));
        Assert.DoesNotContain('\n', text.Subject);
        Assert.DoesNotContain("<b>", text.Html, StringComparison.Ordinal);
    }

    private static MailSettings Read(params (string Key, string? Value)[] values) =>
        MailSettings.Read(
            new ConfigurationBuilder().AddInMemoryCollection(
                values.GroupBy(v => v.Key).Select(v => new KeyValuePair<string, string?>(v.Key, v.Last().Value))).Build());
}
