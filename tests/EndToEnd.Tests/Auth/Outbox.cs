using MimeKit;

namespace Tms.EndToEnd.Tests.Auth;

/// <summary>The mails that a process without a mail server writes.</summary>
internal sealed class Outbox(string dataPath)
{
    private const string Code = "Kode: ";
    private readonly string _folder = Path.Combine(dataPath, "outbox");

    /// <summary>Waits for a mail to an address.</summary>
    public async Task<MimeMessage> Next(string to, string subject, int earlier = 0)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            if (To(to).Where(mail => mail.Subject!.StartsWith(subject, StringComparison.Ordinal)).Skip(earlier)
                .FirstOrDefault() is { } mail) return mail;
            await poll.WaitForNextTickAsync(limit.Token);
        }
    }

    /// <summary>The mails to an address so far, oldest first.</summary>
    public IReadOnlyList<MimeMessage> To(string address) => !Directory.Exists(_folder) ? [] :
        [.. Directory.EnumerateFiles(_folder, "*.eml").Order(StringComparer.Ordinal).Select(file => MimeMessage.Load(file))
            .Where(mail => mail.To.Mailboxes.Single().Address == address)];

    /// <summary>The token of a mail.</summary>
    public static string Token(MimeMessage mail) =>
        mail.TextBody!.Split('\n').Single(line => line.StartsWith(Code, StringComparison.Ordinal))[Code.Length..].Trim();
}
