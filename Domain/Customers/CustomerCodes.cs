namespace Tms.Domain.Customers;

/// <summary>Codes that the rules of customers answer with. Never renamed.</summary>
public static class CustomerCodes
{
    /// <summary>409: an archived customer cannot be changed. 422: it gets no new invoices.</summary>
    public const string CustomerArchived = "customer_archived";

    /// <summary>422: a Peppol id that is not scheme:value, or whose organisation number fails MOD11.</summary>
    public const string InvalidPeppolId = "invalid_peppol_id";
}
