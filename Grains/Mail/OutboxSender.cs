namespace Tms.Grains.Mail;

/// <summary>Where there is no mail server: each mail becomes a file in the outbox, named after its event.</summary>
/// <remarks>A file appears whole or not at all, a repeat replaces it, and only its owner reads it: mails hold tokens.</remarks>
internal sealed class OutboxSender(MailSettings settings) : IMailSender
{
    /// <inheritdoc />
    public async Task Send(Mail mail, CancellationToken cancel)
    {
        var file = Path.Combine(settings.Outbox, $"{mail.Id}.eml");
        var draft = Path.Combine(settings.Outbox, $".{mail.Id}.{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(settings.Outbox);
            await using (var stream = new FileStream(draft, Options())) await MailMessages.Of(mail, settings).WriteToAsync(stream, cancel);
            File.Move(draft, file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MailFailedException($"The outbox cannot be written: {e.GetType().Name}.", e);
        }
    }

    private static FileStreamOptions Options()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
