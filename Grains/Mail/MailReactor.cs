using System.Collections.Frozen;
using Tms.Domain.Shared;
using Tms.Domain.Users;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Reactors;

namespace Tms.Grains.Mail;

/// <summary>Writes to people about what happens to their users. What cannot be sent is tried again, and ends as a dead letter that an operator can have retried.</summary>
internal sealed class MailReactor(EventCatalog catalog, MailDrafts drafts, IMailSender sender, MailMetrics metrics) : IReactor
{
    /// <inheritdoc />
    public string Name => "mail";

    /// <inheritdoc />
    public IReadOnlySet<string> EventTypes { get; } = MailedEvents.Mails.Keys.Concat(LeaderMails.EventTypes).ToFrozenSet();

    /// <inheritdoc />
    public async Task Handle(DeliveredEvent e, ReactorContext context)
    {
        foreach (var mail in await drafts.Of(e, catalog.Decode(e.Type, e.SchemaVersion, e.Data.Span), context)) await Send(mail, context);
    }

    private async Task Send(Mail mail, ReactorContext context)
    {
        try
        {
            await sender.Send(mail, context.Cancel);
            metrics.Sent(mail.Kind);
        }
        catch
        {
            metrics.Failed(mail.Kind);
            throw;
        }
    }
}
