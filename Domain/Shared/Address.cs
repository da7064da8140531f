using Orleans;

namespace Tms.Domain.Shared;

/// <summary>A postal address: the same shape for customers, companies and users.</summary>
/// <param name="Street">Street and number, or a box.</param>
/// <param name="PostalCode">Postal code: text, for it may begin with 0.</param>
/// <param name="City">Post town.</param>
/// <param name="Country">ISO 3166-1 alpha-2, upper case.</param>
[GenerateSerializer, Immutable, Alias("tms.address")]
public sealed record Address(
    [property: Id(0)] string? Street,
    [property: Id(1)] string? PostalCode,
    [property: Id(2)] string? City,
    [property: Id(3)] string Country = "NO")
{
    /// <summary>Longest street, postal code and city.</summary>
    public const int MaxStreet = 200, MaxPostalCode = 20, MaxCity = 100;
}
