namespace Tms.Domain.Access;

/// <summary>
/// What every node must learn at once about who may do what: committed to the platform's log together with what caused it.
/// </summary>
public abstract record AccessEvent;

/// <summary>USER_ACCESS_CHANGED: access tokens that say what a user was before no longer hold.</summary>
/// <param name="UserId">Whose.</param>
/// <param name="Version">
/// The user's version right after the change: tokens name the one that they were made from, so that no clock decides. Null: tokens made
/// earlier.
/// </param>
/// <param name="SessionKept">The session whose tokens go on; null: none.</param>
public sealed record UserAccessChanged(Guid UserId, int? Version = null, Guid? SessionKept = null) : AccessEvent;

/// <summary>COMPANY_ACCESS_CHANGED: which modules a company has must be asked again.</summary>
/// <param name="CompanyId">Which company.</param>
public sealed record CompanyAccessChanged(Guid CompanyId) : AccessEvent;

/// <summary>API_KEY_ENDED: an API key no longer holds.</summary>
/// <param name="KeyId">Which key.</param>
public sealed record ApiKeyEnded(Guid KeyId) : AccessEvent;
