namespace Tms.Domain.Customers;

/// <summary>What leaves the system of a customer's event.</summary>
/// <param name="Number">Customer number.</param>
/// <param name="Name">Name.</param>
/// <param name="OrganisationNumber">Nine digits.</param>
/// <param name="Email">E-mail address.</param>
/// <param name="Phone">Phone number.</param>
public sealed record CustomerPayload(long Number, string Name, string? OrganisationNumber = null, string? Email = null, string? Phone = null)
{
    /// <summary>Of all that somebody wrote.</summary>
    internal static CustomerPayload Of(long number, CustomerInput input) => new(number, input.Name, input.OrganisationNumber, input.Email, input.Phone);
}
