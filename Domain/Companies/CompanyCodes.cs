namespace Tms.Domain.Companies;

/// <summary>Codes that the rules of companies answer with. Never renamed.</summary>
public static class CompanyCodes
{
    /// <summary>422: a bank account that fails MOD11 or has not eleven digits.</summary>
    public const string InvalidBankAccount = "invalid_bank_account";

    /// <summary>422: another organisation number is another company.</summary>
    public const string OrganisationNumberFixed = "organisation_number_fixed";

    /// <summary>422: a module that does not exist.</summary>
    public const string UnknownModule = "unknown_module";
}
