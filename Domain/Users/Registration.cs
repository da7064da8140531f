using Tms.Domain.Shared;

namespace Tms.Domain.Users;

/// <summary>What a new user is made of: the event, the address that becomes unique, and the secret beside it.</summary>
/// <param name="Event">First event of the user's stream.</param>
/// <param name="Unique">The address.</param>
/// <param name="Secret">The password's hash.</param>
internal sealed record Registration(UserRegistered Event, UniqueValue Unique, SecretValue Secret)
{
    private const string EmailScope = "email";

    public static Registration Of(Guid userId, Guid? companyId, Role role, UserInput person, byte[] passwordHash)
    {
        var email = Email.Normalise(person.Email);
        return new Registration(
            new UserRegistered(companyId, role, email, person.FirstName, person.LastName),
            UniqueOf(email, userId),
            new SecretValue(userId, UserSecrets.Password, passwordHash));
    }

    /// <summary>An address as one user holds it.</summary>
    public static UniqueValue UniqueOf(string email, Guid user) => new(EmailScope, email, user);
}
