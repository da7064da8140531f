namespace Tms.Domain.Invoices;

/// <summary>What v1 has no words for: a draft that is replaced in those words keeps it (contract, section 9).</summary>
internal static class UnsaidParts
{
    /// <summary>An input in v1's words, with what the draft says beyond them.</summary>
    /// <param name="said">Customer, dates, reference, note and lines; a line has description, quantity, price, rate and discount.</param>
    /// <param name="draft">What the draft says now.</param>
    public static InvoiceInput KeptFrom(this InvoiceInput said, InvoiceInput draft) => said with
    {
        Customer = Kept(said.Customer, draft.Customer),
        PaymentTermsDays = said.DueDate is null ? draft.PaymentTermsDays : null,
        Currency = draft.Currency,
        DeliveryDate = draft.DeliveryDate,
        DeliveryPlace = draft.DeliveryPlace,
        Lines = [.. said.Lines.Select((line, n) => n < draft.Lines.Length ? Kept(line, draft.Lines[n]) : line)],
        Allowances = draft.Allowances,
        Charges = draft.Charges,
        Prepaid = draft.Prepaid,
        PayableRounding = draft.PayableRounding,
    };

    // The same company keeps its address; another one has its own, of which v1 says nothing.
    private static CustomerSnapshot? Kept(CustomerSnapshot? said, CustomerSnapshot? draft) =>
        said is not null && draft is not null && said.Name == draft.Name && said.OrganisationNumber == draft.OrganisationNumber
            ? draft with { Id = said.Id, Email = said.Email }
            : said;

    // The same thing in the same place of the document, at the same rate.
    private static InvoiceLine Kept(InvoiceLine said, InvoiceLine draft) =>
        said.Description == draft.Description && said.VatRate == draft.VatRate
        ? said with
        {
            Unit = draft.Unit,
            PriceBaseQuantity = draft.PriceBaseQuantity,
            Allowance = draft.Allowance,
            Charge = draft.Charge,
            VatCategory = draft.VatCategory,
        }
        : said;
}
