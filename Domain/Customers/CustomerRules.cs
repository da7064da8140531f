using Tms.Domain.Invoices;
using Tms.Domain.Shared;

namespace Tms.Domain.Customers;

/// <summary>What an input must hold to be a customer. Pure, all faults at once.</summary>
public static class CustomerRules
{
    private const string OrganisationScheme = "0192";
    private const int SchemeLength = 4, MaxPeppolValue = 50;

    /// <summary>All faults; empty: none. Fields are JSON pointers.</summary>
    public static IReadOnlyList<Refusal> Check(CustomerInput input)
    {
        var faults = new Faults();
        faults.Required("name", input.Name, PartyRules.MaxName);
        faults.OrganisationNumber(input.OrganisationNumber);
        faults.Email(input.Email);
        faults.Phone(input.Phone);
        faults.Unless(
            input.PaymentTermsDays is not (< 0 or > InvoiceLimits.PaymentTermsDays),
            "paymentTermsDays", RuleCodes.OutOfRange, $"It must be from 0 to {InvoiceLimits.PaymentTermsDays} days.");
        faults.Unless(
            input.PeppolId is null || IsPeppolId(input.PeppolId), "peppolId", CustomerCodes.InvalidPeppolId,
            "A Peppol id is scheme:value, e.g. 0192:974760673.");
        faults.Address("/address", input.Address);
        return faults.Found;
    }

    private static bool IsPeppolId(string id)
    {
        if (id.Length <= SchemeLength + 1 || id[SchemeLength] != ':' || !ControlDigits.AllDigits(id.AsSpan(0, SchemeLength))) return false;
        var value = id[(SchemeLength + 1)..];
        return id.StartsWith(OrganisationScheme, StringComparison.Ordinal)
            ? OrganisationNumber.IsValid(value)
            : value.Length <= MaxPeppolValue && value.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or ':');
    }
}
