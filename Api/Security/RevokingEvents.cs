using System.Collections.Frozen;
using Tms.Api.Tenancy;
using Tms.Domain.Access;
using Tms.Domain.Sessions;
using Tms.Domain.Shared;
using Tms.EventStore;

namespace Tms.Api.Security;

/// <summary>Which events of the platform's log change what a node may go on believing. One more kind is one more line here.</summary>
internal static class RevokingEvents
{
    private static readonly FrozenDictionary<string, Action<RecentRevocations, ICompanyDirectory, RecordedEvent>> Effects =
        new Dictionary<string, Action<RecentRevocations, ICompanyDirectory, RecordedEvent>>
        {
            [SessionEventTypes.Ended] = static (known, _, e) => known.End(e.Stream.Id, e.Time),
            [AccessEventTypes.UserAccessChanged] = static (known, _, e) => known.EndAllOf(Read<UserAccessChanged>(e).UserId, e.Time, Read<UserAccessChanged>(e).Version),
            [AccessEventTypes.ApiKeyEnded] = static (known, _, e) => known.End(Read<ApiKeyEnded>(e).KeyId, e.Time),
            [AccessEventTypes.CompanyAccessChanged] = static (_, companies, e) => companies.Forget(Read<CompanyAccessChanged>(e).CompanyId),
        }.ToFrozenDictionary();

    /// <summary>Notes what an event changes, if anything.</summary>
    public static void Apply(RecordedEvent e, RecentRevocations known, ICompanyDirectory companies)
    {
        if (Effects.TryGetValue(e.Type, out var effect)) effect(known, companies, e);
    }

    private static T Read<T>(RecordedEvent e)
        where T : AccessEvent => (T)TmsEvents.Catalog.Decode(e.Type, e.SchemaVersion, e.Data.Span);
}
