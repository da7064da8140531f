using System.Text;
using Microsoft.Extensions.Configuration;
using MimeKit;
using Tms.Grains.Mail;
using Xunit;

namespace Tms.Grains.Tests.Mail;

/// <summary>Mails as they go over the wire.</summary>
public sealed class MailMessageTests
{
    private const int LongestLine = 78;

    [Fact]
    public async Task Every_text_says_how_it_is_written_in_short_lines_of_ascii_and_keeps_its_link_whole()
    {
        var link = new MailLink("https://tms.example.no/join#token=" + new string('a', 120), new string('a', 120));
        var text = MailTexts.Invitation("Sjøtransport Ærfugl AS", link);
        var settings = MailSettings.Read(
            new ConfigurationBuilder().AddInMemoryCollection([new("Tms:PublicUrl", "https://tms.example.no")]).Build());
        using var message = MailMessages.Of(
            new(Guid.CreateVersion7(), "k", "kari@tms.example", DateTimeOffset.UnixEpoch, text.Subject, text.Plain, text.Html), settings);
        using var wire = new MemoryStream();
        await message.WriteToAsync(wire, TestContext.Current.CancellationToken);
        var bytes = wire.ToArray();

        Assert.DoesNotContain(bytes, b => b > 127);
        Assert.All(Encoding.ASCII.GetString(bytes).Split('\n'), line => Assert.InRange(line.TrimEnd('\r').Length, 0, LongestLine));
        using var read = await MimeMessage.LoadAsync(new MemoryStream(bytes), TestContext.Current.CancellationToken);
        Assert.All(read.BodyParts.OfType<TextPart>(), part => Assert.Equal(ContentEncoding.QuotedPrintable, part.ContentTransferEncoding));
        Assert.Contains(link.Url, read.TextBody!.Split('\n').Select(line => line.TrimEnd('\r')));
        Assert.Contains(link.Url, read.HtmlBody!, StringComparison.Ordinal);
        Assert.Contains("Ærfugl", read.TextBody!, StringComparison.Ordinal);
    }
}
