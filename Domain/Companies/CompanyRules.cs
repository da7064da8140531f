using Tms.Domain.Shared;
using Tms.Domain.Users;

namespace Tms.Domain.Companies;

/// <summary>What an input must hold to be a company. Pure, all faults at once.</summary>
public static class CompanyRules
{
    /// <summary>All faults of a company; empty: none. Fields are JSON pointers.</summary>
    public static IReadOnlyList<Refusal> Check(CompanyInput input) => Check(new Faults(), "", input).Found;

    /// <summary>All faults of a registration: the company's under <c>/company</c>, the person's beside it.</summary>
    public static IReadOnlyList<Refusal> Check(CompanyInput input, UserInput person) =>
        UserRules.Check(Check(new Faults(), "/company", input).In(""), person).Found;

    private static Faults Check(Faults faults, string pointer, CompanyInput input)
    {
        faults.In(pointer);
        faults.Required("name", input.Name, PartyRules.MaxName);
        if (input.OrganisationNumber is null) faults.Add("organisationNumber", RuleCodes.Required, "It must be given.");
        faults.OrganisationNumber(input.OrganisationNumber);
        faults.Unless(
            input.BankAccount is null || BankAccount.IsValid(input.BankAccount),
            "bankAccount", CompanyCodes.InvalidBankAccount,
            "A bank account has eleven digits, the first four a bank's, the last one by MOD11.");
        faults.Email(input.Email);
        faults.Phone(input.Phone);
        faults.Address($"{pointer}/address", input.Address);
        return faults;
    }
}
