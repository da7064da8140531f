using MimeKit;
using Tms.Domain.Shared;

namespace Tms.Grains.Mail;

/// <summary>Mails as RFC 5322 writes them.</summary>
internal static class MailMessages
{
    /// <summary>The message of a mail: its Message-ID follows from the mail's id.</summary>
    /// <exception cref="MailFailedException">The address or the subject holds what no header may.</exception>
    public static MimeMessage Of(Mail mail, MailSettings settings)
    {
        if (!Email.IsValid(mail.To)) throw new MailFailedException("The mail has no valid address.");
        if (mail.Subject.Any(char.IsControl)) throw new MailFailedException("The mail's subject is not one line.");
        var message = new MimeMessage
        {
            MessageId = $"{mail.Id:N}@{settings.PublicUrl.Host}",
            Date = mail.SentAt,
            Subject = mail.Subject,
            Body = new BodyBuilder { TextBody = mail.Text, HtmlBody = mail.Html }.ToMessageBody(),
        };
        // Says how each text is written, in short lines of ASCII: servers that know nothing else (RFC 5321, 4.5.3.1.6) leave links whole.
        foreach (var text in message.BodyParts.OfType<TextPart>()) text.ContentTransferEncoding = ContentEncoding.QuotedPrintable;
        message.From.Add(settings.From);
        message.To.Add(new MailboxAddress("", mail.To));

        // Nobody's holiday note answers a machine (RFC 3834).
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }
}
