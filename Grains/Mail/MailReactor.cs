using System.Collections.Frozen;
using System.Runtime.ExceptionServices;
using Tms.Domain.Shared;
using Tms.Domain.Users;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Reactors;

namespace Tms.Grains.Mail;

/// <summary>
/// Writes to people about what happens to their users. What cannot be sent is tried again, and ends as a dead letter that an operator can
/// have retried.
/// </summary>
internal sealed class MailReactor(EventCatalog catalog, MailDrafts drafts, IMailSender sender, MailMetrics metrics) : IReactor
{
    /// <inheritdoc />
    public string Name => "mail";

    /// <inheritdoc />
    public IReadOnlySet<string> EventTypes { get; } = MailedEvents.Mails.Keys.Concat(LeaderMails.EventTypes).ToFrozenSet();

    /// <inheritdoc />
    public async Task Handle(DeliveredEvent e, ReactorContext context)
    {
        var mails = await drafts.Of(e, catalog.Decode(e.Type, e.SchemaVersion, e.Data.Span), context);
        MailFailedException? failure = null;
        var failed = 0;
        foreach (var mail in mails)
        {
            try
            {
                await Send(mail, context);
            }
            catch (MailFailedException refused)
            {
                (failure, failed) = (refused, failed + 1);
            }
        }

        // Of several leaders one mailbox that is gone must not have the others told again and again, nor have the event end as a dead
        // letter.
        if (failure is not null && (failed == mails.Count || !LeaderMails.EventTypes.Contains(e.Type)))
            ExceptionDispatchInfo.Throw(failure);
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
