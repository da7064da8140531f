using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Tms.EventStore.Keys;
using Tms.Grains.Reactors;

namespace Tms.Grains.Mail;

/// <summary>Adds mail to a silo.</summary>
public static class MailServices
{
    /// <summary>
    /// Adds the reactor that writes mails and what carries them. Needs the event store, a master key and the reactors' host.
    /// </summary>
    public static IServiceCollection AddMail(this IServiceCollection services, MailSettings settings)
    {
        services.AddMetrics();
        services.TryAddSingleton<MailTokens>();
        services.TryAddSingleton<IMailSender>(
            _ => settings.Smtp is { } server ? new SmtpSender(settings, server) : new OutboxSender(settings));
        return services.AddSingleton(settings).AddSingleton<MailMetrics>().AddSingleton<LeaderMails>().AddSingleton<MailDrafts>()
            .AddReactor<MailReactor>();
    }
}
