using System.Buffers;

namespace Tms.Domain.Shared;

/// <summary>Rules of what persons, customers and companies have in common.</summary>
internal static class PartyRules
{
    /// <summary>Longest name and phone number.</summary>
    public const int MaxName = 200, MaxPhone = 30;

    private static readonly SearchValues<char> PhoneCharacters = SearchValues.Create("0123456789+ -()");

    /// <summary>An organisation number, where one is given.</summary>
    public static void OrganisationNumber(this Faults faults, string? number) => faults.Unless(
        number is null || Shared.OrganisationNumber.IsValid(number),
        "organisationNumber", RuleCodes.InvalidOrganisationNumber,
        "An organisation number has nine digits, the first one 8 or 9, the last one by MOD11.");

    /// <summary>An e-mail address, where one is given.</summary>
    public static void Email(this Faults faults, string? email) => faults.Unless(
        email is null || Shared.Email.IsValid(email), "email", RuleCodes.InvalidEmail, "It is not an e-mail address.");

    /// <summary>A phone number, where one is given.</summary>
    public static void Phone(this Faults faults, string? phone) => faults.Unless(
        phone is null || (phone.Length is >= 3 and <= MaxPhone && !phone.AsSpan().ContainsAnyExcept(PhoneCharacters)),
        "phone", RuleCodes.InvalidPhone, $"A phone number has 3 to {MaxPhone} digits, spaces, +, - and brackets.");

    /// <summary>An address, where one is given; leaves the faults within it.</summary>
    public static void Address(this Faults faults, string pointer, Address? address)
    {
        if (address is null) return;
        faults.In(pointer);
        faults.Optional("street", address.Street, Shared.Address.MaxStreet);
        faults.Optional("postalCode", address.PostalCode, Shared.Address.MaxPostalCode);
        faults.Optional("city", address.City, Shared.Address.MaxCity);
        faults.Unless(
            Countries.IsValid(address.Country), "country", RuleCodes.UnknownCountry, "A country is two capital letters (ISO 3166-1).");
    }
}
