using Tms.Domain.ApiKeys;
using Tms.Domain.Invitations;
using Tms.Domain.Users;
using Tms.EventStore;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Abstractions.Users;
using Tms.Grains.Reactors;

namespace Tms.Grains.Mail;

/// <summary>What those who lead a home are told of by mail: another ADMIN, and a key that somebody may use in the company's name.</summary>
internal sealed class LeaderMails(ILeaders leaders)
{
    /// <summary>
    /// Event types of which leaders are told. None that every company has: a reactor is looked after wherever it has had something to do.
    /// </summary>
    public static IReadOnlyList<string> EventTypes { get; } = ["INVITATION_ACCEPTED", "API_KEY_CREATED"];

    /// <summary>What an event tells leaders, and whom of them; empty if they need not know.</summary>
    public async Task<IReadOnlyList<(string Address, MailText Text)>> Of(DeliveredEvent at, object e, ReactorContext context)
    {
        MailText? text = e switch
        {
            InvitationAccepted when at.Tenant == TenantId.Platform.Value => await NewAdmin(at, context),
            ApiKeyCreated key => MailTexts.NewApiKey(key.Name, await Name(key.CreatedBy, at, context)),
            _ => null,
        };
        if (text is null) return [];

        var told = new List<(string, MailText)>();
        foreach (var leader in await leaders.Find(at.Tenant, at.StreamId, context.Cancel))
        {
            if (await Grain(at.Tenant, leader, context).Get() is { IsActive: true, Email.Length: > 0 } user) told.Add((user.Email, text));
        }

        return told;
    }

    // Whoever joins has the invitation's id.
    private static async Task<MailText?> NewAdmin(DeliveredEvent at, ReactorContext context) =>
        await Grain(at.Tenant, at.StreamId, context).Get() is { IsErased: false } admin
            ? MailTexts.NewAdmin($"{admin.FirstName} {admin.LastName}", admin.Email)
            : null;

    private static async Task<string> Name(Guid? user, DeliveredEvent at, ReactorContext context) =>
        user is { } id && await Grain(at.Tenant, id, context).Get() is { IsErased: false } maker
            ? $"{maker.FirstName} {maker.LastName}"
            : "TMS";

    private static IUserGrain Grain(Guid tenant, Guid user, ReactorContext context) =>
        context.Grains.GetGrain<IUserGrain>(GrainKey.For(tenant, user));
}
