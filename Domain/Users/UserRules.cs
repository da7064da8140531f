using Tms.Domain.Shared;

namespace Tms.Domain.Users;

/// <summary>What an input must hold to be a user. Pure, all faults at once.</summary>
public static class UserRules
{
    /// <summary>Longest given name and family name.</summary>
    public const int MaxName = 100;

    /// <summary>All faults of a new user; empty: none. Fields are JSON pointers.</summary>
    public static IReadOnlyList<Refusal> Check(UserInput person) => Check(new Faults(), person).Found;

    /// <summary>All faults of a profile; empty: none.</summary>
    public static IReadOnlyList<Refusal> Check(UpdateProfile profile)
    {
        var faults = new Faults();
        Names(faults, profile.FirstName, profile.LastName);
        faults.Phone(profile.Phone);
        faults.Address("/address", profile.Address);
        return faults.Found;
    }

    /// <summary>Adds all faults of a new user.</summary>
    internal static Faults Check(Faults faults, UserInput person)
    {
        if (string.IsNullOrWhiteSpace(person.Email)) faults.Add("email", RuleCodes.Required, "It must be given.");
        else faults.Email(Email.Normalise(person.Email));
        Names(faults, person.FirstName, person.LastName);
        return faults;
    }

    private static void Names(Faults faults, string firstName, string lastName)
    {
        faults.Required("firstName", firstName, MaxName);
        faults.Required("lastName", lastName, MaxName);
    }
}
