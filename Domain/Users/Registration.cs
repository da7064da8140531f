using Tms.Domain.Shared;

namespace Tms.Domain.Users;

/// <summary>What a new user is made of: the event, the address that becomes unique, and the secret beside it.</summary>
/// <param name="Event">First event of the user's stream.</param>
/// <param name="Unique">The address.</param>
/// <param name="Secret">The password's hash.</param>
public sealed record Registration(UserRegistered Event, UniqueValue Unique, SecretValue Secret)
{
    /// <summary>Scope in which an address is unique.</summary>
    public const string EmailScope = "email";

    /// <summary>Registration of a person.</summary>
    /// <param name="userId">Id of the user.</param>
    /// <param name="companyId">The company; null: the platform.</param>
    /// <param name="role">Role of the user.</param>
    /// <param name="person">Address and name.</param>
    /// <param name="passwordHash">As the hasher gave it.</param>
    /// <param name="isShown">Whether the person has shown to read mail to the address.</param>
    public static Registration Of(Guid userId, Guid? companyId, Role role, UserInput person, byte[] passwordHash, bool isShown = false)
    {
        var email = Email.Normalise(person.Email);
        return new Registration(
            new UserRegistered(companyId, role, email, person.FirstName, person.LastName) { IsEmailShown = isShown },
            UniqueOf(email, userId),
            new SecretValue(userId, UserSecrets.Password, passwordHash));
    }

    /// <summary>An address as one user holds it.</summary>
    public static UniqueValue UniqueOf(string email, Guid user) => new(EmailScope, email, user);
}
