using System.Collections.Frozen;
using Tms.Domain.ApiKeys;
using Tms.Domain.Companies;
using Tms.Domain.Customers;
using Tms.Domain.Invitations;
using Tms.Domain.Invoices;
using Tms.Domain.Keys;
using Tms.Domain.Logins;
using Tms.Domain.Sessions;
using Tms.Domain.Users;
using Tms.EventStore;
using Tms.Grains.Abstractions.ApiKeys;
using Tms.Grains.Abstractions.Companies;
using Tms.Grains.Abstractions.Customers;
using Tms.Grains.Abstractions.Invitations;
using Tms.Grains.Abstractions.Invoices;
using Tms.Grains.Abstractions.Keys;
using Tms.Grains.Abstractions.Logins;
using Tms.Grains.Abstractions.Sessions;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Abstractions.Users;

namespace Tms.Grains.Hosting;

/// <summary>Finds the aggregate behind a stream.</summary>
internal static class LogFollowers
{
    private static readonly FrozenDictionary<string, Func<IGrainFactory, string, IAddressable>> ByStream =
        new Dictionary<string, Func<IGrainFactory, string, IAddressable>>
        {
            [CompanyDecider.Instance.StreamType] = static (grains, key) => grains.GetGrain<ICompanyGrain>(key),
            [UserDecider.Instance.StreamType] = static (grains, key) => grains.GetGrain<IUserGrain>(key),
            [CustomerDecider.Instance.StreamType] = static (grains, key) => grains.GetGrain<ICustomerGrain>(key),
            [InvoiceDecider.Instance.StreamType] = static (grains, key) => grains.GetGrain<IInvoiceGrain>(key),
            [SessionDecider.Instance.StreamType] = static (grains, key) => grains.GetGrain<ISessionGrain>(key),
            [KeyDecider.Instance.StreamType] = static (grains, key) => grains.GetGrain<IKeyGrain>(key),
            [InvitationDecider.Instance.StreamType] = static (grains, key) => grains.GetGrain<IInvitationGrain>(key),
            [LoginDecider.Instance.StreamType] = static (grains, key) => grains.GetGrain<ILoginGrain>(key),
            [ApiKeyDecider.Instance.StreamType] = static (grains, key) => grains.GetGrain<IApiKeyGrain>(key),
        }.ToFrozenDictionary();

    /// <summary>The aggregate that keeps a stream.</summary>
    /// <exception cref="NotSupportedException">No aggregate keeps streams of this kind.</exception>
    public static ILogFollower Of(this IGrainFactory grains, TenantId tenant, StreamName stream) => grains.Find(tenant, stream)
        ?? throw new NotSupportedException($"No aggregate keeps streams of {stream.Type}: a decision of another cannot change one.");

    /// <summary>The aggregate that keeps a stream; null where none does.</summary>
    public static ILogFollower? Find(this IGrainFactory grains, TenantId tenant, StreamName stream) =>
        ByStream.TryGetValue(stream.Type, out var find)
        ? find(grains, GrainKey.For(tenant.Value, stream.Id)).AsReference<ILogFollower>()
        : null;
}
