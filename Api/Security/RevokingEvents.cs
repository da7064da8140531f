using System.Collections.Frozen;
using Tms.Api.Tenancy;
using Tms.Domain.Access;
using Tms.Domain.Keys;
using Tms.Domain.Sessions;
using Tms.Domain.Shared;
using Tms.EventStore;

namespace Tms.Api.Security;

/// <summary>Which events of the platform's log change what a node may go on believing. One more kind is one more line here.</summary>
internal static class RevokingEvents
{
    private static readonly FrozenDictionary<string, Action<Remembered, RecordedEvent>> Effects =
        new Dictionary<string, Action<Remembered, RecordedEvent>>
        {
            [SessionEventTypes.Ended] = static (node, e) => node.Tokens.End(e.Stream.Id, e.Time),
            [AccessEventTypes.UserAccessChanged] = static (node, e) => EndAllOf(node, Read<UserAccessChanged>(e), e.Time),
            [AccessEventTypes.ApiKeyEnded] = static (node, e) => node.Tokens.End(Read<ApiKeyEnded>(e).KeyId, e.Time),
            [AccessEventTypes.CompanyAccessChanged] = static (node, e) => node.Companies.Forget(Read<CompanyAccessChanged>(e).CompanyId),
            [KeyEventTypes.Withdrawn] = static (node, _) => node.Keys.Outdate(),
        }.ToFrozenDictionary();

    /// <summary>Notes what an event changes, if anything.</summary>
    public static void Apply(RecordedEvent e, Remembered node)
    {
        if (Effects.TryGetValue(e.Type, out var effect)) effect(node, e);
    }

    private static void EndAllOf(Remembered node, UserAccessChanged changed, DateTimeOffset at) =>
        node.Tokens.EndAllOf(changed.UserId, at, changed.Version, changed.SessionKept);

    private static T Read<T>(RecordedEvent e)
        where T : AccessEvent => (T)TmsEvents.Catalog.Decode(e.Type, e.SchemaVersion, e.Data.Span);
}

/// <summary>What a node remembers of who may do what.</summary>
/// <param name="Tokens">Whose tokens hold no more.</param>
/// <param name="Companies">Which modules companies have.</param>
/// <param name="Keys">Which keys sign.</param>
internal sealed record Remembered(RecentRevocations Tokens, ICompanyDirectory Companies, SigningKeys Keys);
