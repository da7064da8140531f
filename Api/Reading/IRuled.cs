using Tms.Api.Auth;
using Tms.Api.Security;
using Tms.Domain.Shared;

namespace Tms.Api.Reading;

/// <summary>A request record with rules beyond the shape of its members.</summary>
/// <remarks>
/// The reader asks for the faults of every body, also of one whose shape is wrong: all faults come in one answer.
/// In such a body another value stands for each wrong one, so no rule may fail for want of a value.
/// </remarks>
public interface IRuled
{
    /// <summary>All faults that the record shows by itself; fields are JSON pointers in the words of v2.</summary>
    IEnumerable<Refusal> Check(RuleFacts facts);
}

/// <summary>What the rules of a request may know beside the request.</summary>
/// <param name="Now">The time, UTC.</param>
/// <param name="Caller">The caller; null for a stranger.</param>
/// <param name="Replaces">Whether the body replaces a resource (PUT): what a GET showed can be put back.</param>
/// <param name="Passwords">The rules of passwords.</param>
public sealed record RuleFacts(DateTimeOffset Now, Caller? Caller, bool Replaces, Passwords Passwords)
{
    /// <summary>The fault of a new password that is weak; empty: it is not.</summary>
    public IEnumerable<Refusal> WeakPassword(string field, string password, string? company = null) =>
        Passwords.Fault(password, company) is { } fault ? [Refusal.Invalid(field, AuthCodes.WeakPassword, fault)] : [];
}
