using Tms.Domain.Invitations;
using Tms.Domain.Users;
using Tms.EventStore;
using Tms.EventStore.Keys;
using Tms.Grains.Abstractions.Companies;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Abstractions.Users;
using Tms.Grains.Reactors;

namespace Tms.Grains.Mail;

/// <summary>Turns events into mails. Nothing of a mail is stored: its token is made again from the event.</summary>
internal sealed class MailDrafts(MailTokens tokens, MailSettings settings)
{
    /// <summary>The mail of an event; null where there is nobody to tell, or nothing that still holds.</summary>
    public Task<Mail?> Of(DeliveredEvent at, object e, ReactorContext context) => e switch
    {
        UserInvited invited when invited.ExpiresAt > context.Time.GetUtcNow() => Invitation(at, invited, context),
        UserPasswordResetRequested reset when reset.ValidUntil > context.Time.GetUtcNow() => PasswordReset(at, context),
        UserEmailChangeRequested change when change.ValidUntil > context.Time.GetUtcNow() => EmailChange(at, change, context),
        UserPasswordChanged => PasswordChanged(at, context),
        UserEmailChanged changed => EmailChanged(at, changed, context),
        _ => Task.FromResult<Mail?>(null),
    };

    private async Task<Mail?> Invitation(DeliveredEvent at, UserInvited e, ReactorContext context)
    {
        var company = await context.Grains.GetGrain<ICompanyGrain>(GrainKey.For(at.Tenant, at.Tenant)).Get();
        return To(at, e.Email, MailTexts.Invitation(company?.Name ?? "TMS", await Link(at, MailPurpose.Invitation, "join", context)));
    }

    private async Task<Mail?> PasswordReset(DeliveredEvent at, ReactorContext context) =>
        To(at, (await User(at, context))?.Email, MailTexts.PasswordReset(await Link(at, MailPurpose.PasswordReset, "reset-password", context)));

    private async Task<Mail?> EmailChange(DeliveredEvent at, UserEmailChangeRequested e, ReactorContext context) =>
        To(at, e.Email, MailTexts.EmailChange(await Link(at, MailPurpose.EmailChange, "confirm-email", context)));

    private static async Task<Mail?> PasswordChanged(DeliveredEvent at, ReactorContext context) => To(at, (await User(at, context))?.Email, MailTexts.PasswordChanged());

    // Whoever took the account over has the new address: the old one is told.
    private static async Task<Mail?> EmailChanged(DeliveredEvent at, UserEmailChanged e, ReactorContext context)
    {
        var before = await Grain(at, context).GetVersion(at.Version - 1);
        return e.Email.Length == 0 ? null : To(at, before?.Email, MailTexts.EmailChanged(e.Email));
    }

    private static async Task<UserView?> User(DeliveredEvent at, ReactorContext context) =>
        await Grain(at, context).Get() is { IsErased: false } user ? user : null;

    private static IUserGrain Grain(DeliveredEvent at, ReactorContext context) => context.Grains.GetGrain<IUserGrain>(GrainKey.For(at.Tenant, at.StreamId));

    private async Task<MailLink> Link(DeliveredEvent at, MailPurpose purpose, string page, ReactorContext context)
    {
        var token = await tokens.Make(new MailToken(purpose, new TenantId(at.Tenant), at.StreamId, at.Version), context.Cancel);

        // What follows # stays in the browser: no server and no log sees it.
        return new MailLink($"{settings.PublicUrl.AbsoluteUri.TrimEnd('/')}/{page}#token={token}", token);
    }

    private static Mail? To(DeliveredEvent at, string? address, MailText text) => string.IsNullOrEmpty(address)
        ? null
        : new Mail(at.Id, at.Type, address, Micros.ToTime(at.TimeMicros), text.Subject, text.Plain, text.Html);
}
