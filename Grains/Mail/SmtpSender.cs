using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace Tms.Grains.Mail;

/// <summary>
/// Hands mails to a server, each over a connection of its own: there are few, and a connection that is kept would be dead when it is
/// needed.
/// </summary>
internal sealed class SmtpSender(MailSettings settings, SmtpSettings server) : IMailSender
{
    // Shorter than what a reactor's handler may take.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <inheritdoc />
    public async Task Send(Mail mail, CancellationToken cancel)
    {
        using var message = MailMessages.Of(mail, settings);
        using var client = new SmtpClient { Timeout = (int)Patience.TotalMilliseconds };
        try
        {
            await client.ConnectAsync(server.Host, server.Port, Security(), cancel);
            if (server.Login is var (user, password)) await client.AuthenticateAsync(user, password, cancel);
            await client.SendAsync(message, cancel);
        }
        catch (Exception e) when (Reason(e) is { } reason)
        {
            throw new MailFailedException(reason, e);
        }

        await Leave(client, cancel);
    }

    private SecureSocketOptions Security() => server.Security switch
    {
        SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
        SmtpSecurity.None => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };

    // The mail is with the server: how the conversation ends changes nothing.
    private static async Task Leave(SmtpClient client, CancellationToken cancel)
    {
        try
        {
            await client.DisconnectAsync(quit: true, cancel);
        }
        catch (Exception e) when (Reason(e) is not null)
        {
            return;
        }
    }

    // What a server says may name the person, so only its number goes on.
    private static string? Reason(Exception e) => e switch
    {
        SmtpCommandException refused => $"The mail server answered {(int)refused.StatusCode}.",
        AuthenticationException => "The mail server does not take the configured user and password.",
        SslHandshakeException => "The mail server's certificate does not hold, or it speaks no TLS.",
        NotSupportedException => "The mail server does not offer what Tms:Smtp asks of it.",
        ProtocolException or ServiceNotConnectedException => "The mail server broke the conversation off.",
        SocketException or IOException or TimeoutException => "The mail server cannot be reached.",
        _ => null,
    };
}
