using System.Globalization;
using System.Security.Cryptography;

namespace Tms.EndToEnd.Tests.Hosting;

/// <summary>Values for requests.</summary>
internal static class Some
{
    private static readonly int[] Weights = [3, 2, 7, 6, 5, 4, 3, 2];

    /// <summary>A new organisation number whose last digit is right by MOD11.</summary>
    public static string OrganisationNumber()
    {
        while (true)
        {
            var digits = RandomNumberGenerator.GetInt32(80_000_000, 99_999_999).ToString(CultureInfo.InvariantCulture);
            var rest = digits.Select((digit, i) => (digit - '0') * Weights[i]).Sum() % 11;
            if (rest != 1) return digits + (rest == 0 ? 0 : 11 - rest).ToString(CultureInfo.InvariantCulture);
        }
    }

    public static string Email() => $"u{Guid.NewGuid():n}@tms.example";

    public static string Key() => Guid.NewGuid().ToString("n");

    /// <summary>An invoice of one line: 100.00 and 25.00 VAT.</summary>
    public static object Invoice(
        decimal unitPrice = 100m, string customer = "Ålesund Frakt AS", string? reference = null, string? issueDate = null,
        string? dueDate = null, Guid? customerId = null) => new
        {
            customerId,
            customer = customerId is null ? new { name = customer } : null,
            reference,
            issueDate,
            dueDate,
            lines = new[] { new { description = "Frakt Oslo – Ålesund", unitPrice, vatRate = 25 } },
        };

    public static object Customer(string name = "Ærlig Øks AS") =>
        new
        {
            name,
            email = "faktura@oks.example",
            paymentTermsDays = 20,
            address = new { street = "Havnegata 1", postalCode = "6002", city = "Ålesund", country = "NO" }
        };
}
