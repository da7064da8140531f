namespace Tms.Domain.Users;

/// <summary>Kinds of a person's secrets, which are kept beside the log and never in it.</summary>
public static class UserSecrets
{
    /// <summary>The password's hash.</summary>
    public const string Password = "password";

    /// <summary>What the second factor's codes are made from, wrapped by the master key.</summary>
    public const string SecondFactor = "second-factor";

    /// <summary>Hashes of the codes for a lost device.</summary>
    public const string RecoveryCodes = "recovery-codes";

    /// <summary>The key that the person's data in events are sealed with, wrapped by the master key.</summary>
    public const string PersonKey = "person-key";

    /// <summary>All of them: what goes when a person is erased.</summary>
    internal static IReadOnlyList<string> All { get; } = [Password, SecondFactor, RecoveryCodes, PersonKey];
}
