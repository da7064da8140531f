using Tms.Domain.ApiKeys;
using Tms.Domain.Companies;
using Tms.Domain.Customers;
using Tms.Domain.Invitations;
using Tms.Domain.Invoices;
using Tms.Domain.Keys;
using Tms.Domain.Logins;
using Tms.Domain.Sessions;
using Tms.Domain.Users;

namespace Tms.Domain.Shared;

/// <summary>
/// All aggregates of TMS: the one list of them. docs/adding-an-aggregate.md says what a new one needs beside its entry here.
/// </summary>
public static class TmsAggregates
{
    /// <summary>Companies.</summary>
    public static Aggregate<Company, CompanyCommand, CompanyEvent> Companies { get; } = new(
        CompanyDecider.Instance, CompanyEventTypes.All, RecordKind.Books)
    {
        Module = null,
        Permissions = [Permission.CompanyRead, Permission.CompanyChange, Permission.CompaniesManage],
    };

    /// <summary>Users.</summary>
    public static Aggregate<User, UserCommand, UserEvent> Users { get; } = new(UserDecider.Instance, UserEventTypes.All, RecordKind.Person)
    {
        Module = null,
        Permissions = [Permission.UsersManage, Permission.OwnProfile, Permission.PlatformAdmin],
    };

    /// <summary>Customers.</summary>
    public static Aggregate<Customer, CustomerCommand, CustomerEvent> Customers { get; } =
        new(CustomerDecider.Instance, CustomerEventTypes.All, RecordKind.Books)
        {
            Module = Module.Economy,
            Permissions = [Permission.EconomyRead, Permission.EconomyDraft],
        };

    /// <summary>Invoices.</summary>
    public static Aggregate<Invoice, InvoiceCommand, InvoiceEvent> Invoices { get; } = new(
        InvoiceDecider.Instance, InvoiceEventTypes.All, RecordKind.Books)
    {
        Module = Module.Economy,
        Permissions = [Permission.EconomyRead, Permission.EconomyDraft, Permission.EconomyRun],
    };

    /// <summary>Ended sessions.</summary>
    public static Aggregate<Session, SessionCommand, SessionEvent> Sessions { get; } = new(
        SessionDecider.Instance, SessionEventTypes.All, RecordKind.Work)
    {
        Module = null,
        Permissions = [Permission.OwnProfile, Permission.UsersManage],
        IsListed = false,
    };

    /// <summary>Withdrawn signing keys.</summary>
    public static Aggregate<KeyState, KeyCommand, KeyEvent> SigningKeys { get; } = new(
        KeyDecider.Instance, KeyEventTypes.All, RecordKind.Work)
    {
        Module = null,
        Permissions = [Permission.PlatformAdmin],
        IsListed = false,
    };

    /// <summary>Invitations: one has the id of the person who joins with it.</summary>
    public static Aggregate<Invitation, InvitationCommand, InvitationEvent> Invitations { get; } =
        new(InvitationDecider.Instance, InvitationEventTypes.All, RecordKind.Person)
        {
            Module = null,
            Permissions = [Permission.UsersManage],
        };

    /// <summary>Logins.</summary>
    public static Aggregate<Login, LoginCommand, LoginEvent> Logins { get; } = new(
        LoginDecider.Instance, LoginEventTypes.All, RecordKind.Login)
    {
        Module = null,
        Permissions = [],
        IsListed = false,
    };

    /// <summary>API keys.</summary>
    public static Aggregate<ApiKey, ApiKeyCommand, ApiKeyEvent> ApiKeys { get; } = new(
        ApiKeyDecider.Instance, ApiKeyEventTypes.All, RecordKind.Work)
    {
        Module = null,
        Permissions = [Permission.ApiKeysManage],
    };

    /// <summary>Every aggregate.</summary>
    public static IReadOnlyList<Aggregate> All { get; } =
        [Companies, Users, Customers, Invoices, Sessions, SigningKeys, Invitations, Logins, ApiKeys];

    /// <summary>The aggregate that takes commands of a base type.</summary>
    /// <exception cref="InvalidOperationException"><see cref="All"/> has none.</exception>
    public static Aggregate Of<TCommand>() => All.Single(a => a.Commands == typeof(TCommand));
}
