using System.Security.Cryptography;
using System.Text;
using Tms.Domain.Companies;
using Tms.Domain.Customers;
using Tms.Domain.Invoices;
using Tms.Domain.Shared;
using Tms.Grains.Abstractions.Shared;

namespace Tms.Grains.Tests.Aggregates;

/// <summary>Valid things to start from.</summary>
internal static class Some
{
    public static CompanyInput Company() =>
        new() { Name = "Nordtransport AS", OrganisationNumber = "987654325", BankAccount = "86011117947", Address = Address() };

    public static CustomerInput Customer() => new() { Name = "Fjord Bygg AS", OrganisationNumber = "974760673", Address = Address() };

    public static Address Address() => new("Storgata 1", "0155", "Oslo");

    /// <summary>125 kroner to somebody who is not registered.</summary>
    public static InvoiceInput Input(string? note = null) => new()
    {
        Customer = new() { Name = "Kari Nordmann", Address = Address() },
        Lines = [new() { Description = "Frakt", UnitPrice = 100, VatRate = 25 }],
        Note = note,
    };

    public static UpdateInvoice Update(string note) => new(Input(note));

    public static PayInvoice Pay(decimal? amount = null) => new(Guid.CreateVersion7(), amount);

    public static CommandContext Context() => new(Guid.CreateVersion7(), "kari", "correlation");

    /// <summary>The context of a command with an idempotency key.</summary>
    public static CommandContext Keyed(string key, string says = "this") => Context() with
    {
        KeyHash = SHA256.HashData(Encoding.UTF8.GetBytes(key)),
        KeyFingerprint = SHA256.HashData(Encoding.UTF8.GetBytes(says)),
    };
}
