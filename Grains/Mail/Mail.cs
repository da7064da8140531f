namespace Tms.Grains.Mail;

/// <summary>One mail to one person.</summary>
/// <param name="Id">The event that it tells of: the same mail again has the same id, and servers and people know it by that.</param>
/// <param name="Kind">What it is about, for metrics.</param>
/// <param name="To">Address.</param>
/// <param name="SentAt">When what it tells of happened, UTC.</param>
/// <param name="Subject">Subject; on one line.</param>
/// <param name="Text">Plain text.</param>
/// <param name="Html">The same as HTML.</param>
public sealed record Mail(Guid Id, string Kind, string To, DateTimeOffset SentAt, string Subject, string Text, string Html);

/// <summary>Carries mails away. At least once: a mail whose outcome nobody knows goes again, under the same id.</summary>
public interface IMailSender
{
    /// <summary>Ends when somebody else is responsible for the mail.</summary>
    /// <exception cref="MailFailedException">Nobody took it; it may be tried again.</exception>
    Task Send(Mail mail, CancellationToken cancel);
}

/// <summary>A mail was not taken. The message names neither person nor content: it is kept with dead letters.</summary>
public sealed class MailFailedException(string message, Exception? inner = null) : Exception(message, inner);
