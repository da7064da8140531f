using Tms.Domain.Invitations;
using Tms.Domain.Users;
using Tms.EventStore;
using Tms.EventStore.Keys;
using Tms.Grains.Abstractions.Companies;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Abstractions.Users;
using Tms.Grains.Hosting;
using Tms.Grains.Reactors;

namespace Tms.Grains.Mail;

/// <summary>Turns events into mails. Nothing of a mail is stored: its token is made again from the event.</summary>
internal sealed class MailDrafts(MailTokens tokens, LeaderMails leaders, MailSettings settings)
{
    /// <summary>Mails of an event; none if there is nobody to tell, or nothing that still holds.</summary>
    public async Task<IReadOnlyList<Mail>> Of(DeliveredEvent at, object e, ReactorContext context)
    {
        Mail?[] mails = e switch
        {
            UserInvited invited when invited.ExpiresAt > context.Time.GetUtcNow() => [await Invitation(at, invited, context)],
            UserPasswordResetRequested reset when reset.ValidUntil > context.Time.GetUtcNow() => [await PasswordReset(at, reset, context)],
            UserEmailChangeRequested change when change.ValidUntil > context.Time.GetUtcNow() =>
                [await EmailChangeAsked(at, change, context), await EmailChange(at, change, context)],
            UserPasswordChanged => [await PasswordChanged(at, context)],
            UserEmailChanged changed => [await EmailChanged(at, changed, context)],
            _ =>
                [.. (await leaders.Of(at, e, context))
                    .Select((told, n) => To(at, told.Address, told.Text) is { } mail ? mail with { Id = EventIds.Of(at.Id, n) } : null)],
        };
        return [.. mails.OfType<Mail>()];
    }

    private async Task<Mail?> Invitation(DeliveredEvent at, UserInvited e, ReactorContext context)
    {
        var company = await context.Grains.GetGrain<ICompanyGrain>(GrainKey.For(at.Tenant, at.Tenant)).Get();
        return To(
            at, e.Email, MailTexts.Invitation(company?.Name ?? "TMS", await Link(at, at.Version, MailPurpose.Invitation, "join", context)));
    }

    private async Task<Mail?> PasswordReset(DeliveredEvent at, UserPasswordResetRequested e, ReactorContext context) =>
        To(
            at, (await User(at, context))?.Email,
            MailTexts.PasswordReset(await Link(at, e.Again ?? at.Version, MailPurpose.PasswordReset, "reset-password", context)));

    private async Task<Mail?> EmailChange(DeliveredEvent at, UserEmailChangeRequested e, ReactorContext context) =>
        To(at, e.Email, MailTexts.EmailChange(await Link(at, at.Version, MailPurpose.EmailChange, "confirm-email", context)));

    // The old address is told before anything has changed: the user may still end it.
    private static async Task<Mail?> EmailChangeAsked(DeliveredEvent at, UserEmailChangeRequested e, ReactorContext context) =>
        await User(at, context) is { } user && user.Email != e.Email
            ? To(at, user.Email, MailTexts.EmailChangeAsked(e.Email)) is { } mail ? mail with { Id = EventIds.Of(at.Id, 1) } : null
            : null;

    private static async Task<Mail?> PasswordChanged(DeliveredEvent at, ReactorContext context) =>
        To(at, (await User(at, context))?.Email, MailTexts.PasswordChanged());

    // Whoever took the account over has the new address: the old one is told.
    private static async Task<Mail?> EmailChanged(DeliveredEvent at, UserEmailChanged e, ReactorContext context)
    {
        var before = await Grain(at, context).GetVersion(at.Version - 1);
        return e.Email.Length == 0 || before?.Email == e.Email ? null : To(at, before?.Email, MailTexts.EmailChanged(e.Email));
    }

    private static async Task<UserView?> User(DeliveredEvent at, ReactorContext context) =>
        await Grain(at, context).Get() is { IsErased: false } user ? user : null;

    private static IUserGrain Grain(DeliveredEvent at, ReactorContext context) =>
        context.Grains.GetGrain<IUserGrain>(GrainKey.For(at.Tenant, at.StreamId));

    private async Task<MailLink> Link(DeliveredEvent at, int request, MailPurpose purpose, string page, ReactorContext context)
    {
        var token = await tokens.Make(new MailToken(purpose, new TenantId(at.Tenant), at.StreamId, request), context.Cancel);

        // What follows # stays in the browser: no server and no log sees it.
        return new MailLink($"{settings.PublicUrl.AbsoluteUri.TrimEnd('/')}/{page}#token={token}", token);
    }

    private static Mail? To(DeliveredEvent at, string? address, MailText text) => string.IsNullOrEmpty(address)
        ? null
        : new Mail(at.Id, at.Type, address, Micros.ToTime(at.TimeMicros), text.Subject, text.Plain, text.Html);
}
