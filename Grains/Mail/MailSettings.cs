using System.Globalization;
using Microsoft.Extensions.Configuration;
using MimeKit;
using Tms.EventStore.Hosting;

namespace Tms.Grains.Mail;

/// <summary>Where mails go and what their links begin with.</summary>
/// <param name="Smtp"><c>Tms:Smtp</c>: the mail server; null: mails become files.</param>
/// <param name="From"><c>Tms:Smtp:From</c>: who they are from; without a server no-reply at the host of <see cref="PublicUrl"/>.</param>
/// <param name="PublicUrl"><c>Tms:PublicUrl</c>: where people reach TMS, without a slash at its end. Default http://localhost:8000.</param>
/// <param name="Outbox">Folder of the files: <c>outbox</c> in <c>Tms:DataPath</c>.</param>
public sealed record MailSettings(SmtpSettings? Smtp, MailboxAddress From, Uri PublicUrl, string Outbox)
{
    private const string DefaultUrl = "http://localhost:8000";

    /// <summary>Reads and checks the settings.</summary>
    /// <exception cref="ConfigurationFaultException">A value cannot be right.</exception>
    public static MailSettings Read(IConfiguration configuration)
    {
        var url = Url(configuration["Tms:PublicUrl"] is { Length: > 0 } given ? given : DefaultUrl);
        var smtp = SmtpSettings.Read(configuration.GetSection("Tms:Smtp"));
        var data = configuration["Tms:DataPath"] is { Length: > 0 } path ? path : "data";
        return new MailSettings(smtp, Sender(configuration["Tms:Smtp:From"], smtp, url), url, Path.Combine(data, "outbox"));
    }

    private static Uri Url(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            && url is { Query: "", Fragment: "", UserInfo: "" }
            ? url
            : throw new ConfigurationFaultException($"Tms:PublicUrl: '{text}' is not an address such as https://tms.example.no.");

    private static MailboxAddress Sender(string? text, SmtpSettings? smtp, Uri url)
    {
        if (text is { Length: > 0 })
            return MailboxAddress.TryParse(text, out var from) && Domain.Shared.Email.IsValid(from.Address)
                ? from
                : throw new ConfigurationFaultException($"Tms:Smtp:From: '{text}' is not an address such as TMS <tms@example.no>.");
        return smtp is null
            ? new MailboxAddress("TMS", $"no-reply@{url.Host}")
            : throw new ConfigurationFaultException("Tms:Smtp:From is missing: mails need a sender.");
    }
}

/// <summary>A mail server.</summary>
/// <param name="Host"><c>Host</c>.</param>
/// <param name="Port"><c>Port</c>; default 587 for starttls, 465 for tls, 25 for none.</param>
/// <param name="Login"><c>User</c> and <c>Password</c>; null: nobody logs in there.</param>
/// <param name="Security"><c>Security</c>: starttls (the default), tls or none.</param>
public sealed record SmtpSettings(string Host, int Port, (string User, string Password)? Login, SmtpSecurity Security)
{
    /// <summary>Reads <c>Tms:Smtp</c>; null where it has no host.</summary>
    /// <exception cref="ConfigurationFaultException">A value cannot be right.</exception>
    public static SmtpSettings? Read(IConfigurationSection section)
    {
        if (section["Host"] is not { Length: > 0 } host)
            return section.GetChildren().Any(value => value.Key != "From" && value.Value is { Length: > 0 })
                ? throw new ConfigurationFaultException("Tms:Smtp:Host is missing, and the other values of Tms:Smtp need it.")
                : null;
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
            throw new ConfigurationFaultException($"Tms:Smtp:Host: '{host}' is not the name of a machine.");
        var security = SecurityOf(section["Security"]);
        return new SmtpSettings(host, PortOf(section["Port"], security), LoginOf(section["User"], section["Password"]), security);
    }

    private static (string User, string Password)? LoginOf(string? user, string? password) => (user, password) switch
    {
        ({ Length: > 0 }, { Length: > 0 }) => (user, password),
        (null or "", null or "") => null,
        _ => throw new ConfigurationFaultException("Tms:Smtp:User and Tms:Smtp:Password belong together: give both or neither."),
    };

    private static SmtpSecurity SecurityOf(string? text) => text switch
    {
        null or "" or "starttls" => SmtpSecurity.StartTls,
        "tls" => SmtpSecurity.Tls,
        "none" => SmtpSecurity.None,
        _ => throw new ConfigurationFaultException($"Tms:Smtp:Security: '{text}' is not starttls, tls or none."),
    };

    private static int PortOf(string? text, SmtpSecurity security) => text switch
    {
        null or "" => security switch { SmtpSecurity.Tls => 465, SmtpSecurity.None => 25, _ => 587 },
        _ => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= ushort.MaxValue
            ? port
            : throw new ConfigurationFaultException($"Tms:Smtp:Port: '{text}' is not a port from 1 to 65535."),
    };
}

/// <summary>How the way to a mail server is guarded.</summary>
public enum SmtpSecurity
{
    /// <summary>TLS after a greeting in the clear; a server that does not offer it gets no mail.</summary>
    StartTls,

    /// <summary>TLS from the first byte.</summary>
    Tls,

    /// <summary>Not at all: for a server on the same machine.</summary>
    None,
}
