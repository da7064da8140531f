using Microsoft.AspNetCore.Mvc;
using Tms.Api.Http;
using Tms.Domain.Companies;
using Tms.Domain.Invitations;
using Tms.Domain.Shared;
using Tms.EventStore.Keys;
using Tms.Grains.Abstractions.Invitations;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Api.Auth;

/// <summary>Makes users of people who come by themselves: with a company of their own, or with an invitation.</summary>
public sealed class Registrations(
    LoginDesk desk, Passwords passwords, MailTokens tokens, UnshownAddresses unshown, IGrainFactory grains, TimeProvider time)
{
    private static readonly Refusal EmailTaken = Refusal.State(
        AuthCodes.EmailTaken, "This e-mail address is in use: log in, or choose another.");

    // The same for one that we did not write and for one that no longer holds.
    private static readonly Refusal BadInvitation =
        Refusal.Invalid(
            "/invitationToken", InvitationCodes.InvalidInvitation,
            "The invitation has been used, taken back, or has expired: ask for a new one.");

    /// <summary>Registers, and logs in.</summary>
    public Task<ActionResult> Register(RegisterRequest body, Visit visit, CancellationToken cancel) =>
        body.InvitationToken is { } token ? Join(body, token, visit, cancel) : Found(body, visit, cancel);

    private async Task<ActionResult> Found(RegisterRequest body, Visit visit, CancellationToken cancel)
    {
        var (company, person) = (body.Company!.ToInput(), body.ToPerson(body.Email!));
        var (companyId, userId) = (Guid.CreateVersion7(time.GetUtcNow()), Guid.CreateVersion7(time.GetUtcNow()));
        var hash = await passwords.Hash(body.Password, cancel, isStranger: true);
        var command = new RegisterCompany(companyId, company, userId, person, hash);
        var outcome = await desk.Register(command, visit.Correlation);
        return outcome.View is null
            ? Answers.Of(outcome, view => Answers.Done(view, view.Version), EmailTaken)
            : Answers.Created($"/api/v2/companies/{companyId}", await desk.Begin(new(companyId), userId, visit, cancel), 1);
    }

    private async Task<ActionResult> Join(RegisterRequest body, string token, Visit visit, CancellationToken cancel)
    {
        if (await tokens.Open(MailPurpose.Invitation, token, cancel) is not { } named
            || await Invitation(named) is not { Status: InvitationStatus.Open } invitation) return Answers.Of(BadInvitation).ToResult();

        var person = body.ToPerson(body.Email ?? invitation.Email);
        var command = new AcceptInvitation(named.Tenant.Value, person, await passwords.Hash(body.Password, cancel));
        var outcome = await desk.Join(named.Id, command, visit.Correlation);
        if (outcome.Kind == OutcomeKind.Taken && await unshown.Free(person.Email, named.Id, visit.Correlation, cancel))
            outcome = await desk.Join(named.Id, command, visit.Correlation);
        return outcome.View is null
            ? Answers.Of(outcome, view => Answers.Done(view, view.Version), EmailTaken)
            : Answers.Created($"/api/v2/users/{named.Id}", await desk.Begin(named.Tenant, named.Id, visit, cancel), 1);
    }

    private async Task<InvitationView?> Invitation(MailToken token)
    {
        CallerTenant.Set(token.Tenant.Value);
        return await grains.GetGrain<IInvitationGrain>(GrainKey.For(token.Tenant.Value, token.Id)).Get();
    }
}
