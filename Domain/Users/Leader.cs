using Orleans;
using Tms.Domain.Shared;

namespace Tms.Domain.Users;

/// <summary>
/// An active user who leads a home: a HOVEDBRUKER of a company, an ADMIN of the platform. A decision that takes another leader away rests
/// on it.
/// </summary>
/// <param name="UserId">Id of the user.</param>
/// <param name="Version">Version of the user at which that held.</param>
[GenerateSerializer, Immutable, Alias("tms.users.leader")]
public sealed record Leader([property: Id(0)] Guid UserId, [property: Id(1)] int Version)
{
    /// <summary>The user as a leader of its home; null if it is none.</summary>
    public static Leader? Of(User user) => user.IsActive && user.Role == RoleOf(user.CompanyId) ? new(user.Id, user.Version) : null;

    /// <summary>Role that leads a home.</summary>
    /// <param name="company">The company; null: the platform.</param>
    public static Role RoleOf(Guid? company) => company is null ? Role.Admin : Role.Hovedbruker;

    /// <summary>Whether a command takes its leader away from the home of a user.</summary>
    public static bool IsLostBy(User user, UserCommand command) => Of(user) is not null && command switch
    {
        ChangeRole change => change.Role != user.Role,
        SetActive set => !set.IsActive,
        EraseUser => true,
        _ => false,
    };

    /// <summary>What a decision names to rest on this leader.</summary>
    internal RelatedEvents Rest() => RelatedEvents.RestOn(UserDecider.Instance.StreamType, UserId, Version);
}

/// <summary>Finds users who may be leaders. What it says is looked up in the log before a decision rests on it.</summary>
public interface ILeaders
{
    /// <summary>Active leaders of a home but one, ten at most, oldest first.</summary>
    /// <param name="tenant">The company's id, or the platform's.</param>
    /// <param name="except">User who is left out.</param>
    /// <param name="cancel">Cancels the search.</param>
    Task<IReadOnlyList<Guid>> Find(Guid tenant, Guid except, CancellationToken cancel = default);
}
