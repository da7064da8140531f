using System.Text;
using System.Text.Json;
using Tms.Domain.Companies;
using Tms.Domain.Invoices;
using Xunit;

namespace Tms.Domain.Tests.Shared;

/// <summary>A field that older events do not have reads as its default, so that a new field needs no upcaster.</summary>
public sealed class StoredDefaultsTests
{
    [Fact]
    public void A_line_without_its_later_fields_is_one_unit()
    {
        var json = """{"summary":null,"input":{"lines":[{"description":"x","unitPrice":1,"vatRate":25}]},"totals":{}}""";
        var created = JsonSerializer.Deserialize(Encoding.UTF8.GetBytes(json), InvoiceJson.Default.InvoiceCreated)!;
        Assert.Equal((1m, 1m, "NOK"), (created.Input.Lines[0].Quantity, created.Input.Lines[0].PriceBaseQuantity, created.Input.Currency));
        Assert.True(created.Input.Charges.IsEmpty && created.Totals.Vat.IsEmpty);
    }

    [Fact]
    public void A_company_without_later_fields_is_VAT_registered()
    {
        var json = """{"input":{"name":"x","organisationNumber":"123456785","address":{}}}"""u8;
        var updated = JsonSerializer.Deserialize(json, CompanyJson.Default.CompanyUpdated)!;
        Assert.Equal((true, KidMethod.Mod10, "NO"), (updated.Input.VatRegistered, updated.Input.KidMethod, updated.Input.Address!.Country));
    }
}
