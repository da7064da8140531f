using Tms.Domain.Access;
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

/// <summary>All event types of TMS.</summary>
public static class TmsEvents
{
    /// <summary>Every area's types.</summary>
    public static readonly EventCatalog Catalog = new(
    [
        .. CompanyEventTypes.All,
        .. UserEventTypes.All,
        .. CustomerEventTypes.All,
        .. InvoiceEventTypes.All,
        .. SessionEventTypes.All,
        .. KeyEventTypes.All,
        .. InvitationEventTypes.All,
        .. LoginEventTypes.All,
        .. ApiKeyEventTypes.All,
        .. AccessEventTypes.All,
    ]);
}
