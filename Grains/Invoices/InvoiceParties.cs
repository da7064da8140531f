using Tms.Domain.Invoices;
using Tms.Grains.Abstractions.Companies;
using Tms.Grains.Abstractions.Customers;

namespace Tms.Grains.Invoices;

/// <summary>Seller and customer as an invoice keeps them.</summary>
internal static class InvoiceParties
{
    public static SellerSnapshot Seller(CompanyView company) => new()
    {
        CompanyId = company.Id,
        Name = company.Name,
        OrganisationNumber = company.OrganisationNumber,
        VatRegistered = company.VatRegistered,
        BankAccount = company.BankAccount,
        Address = company.Address,
        Email = company.Email,
        Phone = company.Phone,
        KidMethod = company.KidMethod,
    };

    public static CustomerSnapshot Customer(CustomerView customer) => new()
    {
        Id = customer.Id,
        Name = customer.Name,
        OrganisationNumber = customer.OrganisationNumber,
        Email = customer.Email,
        Address = customer.Address,
        Number = customer.Number,
        PeppolId = customer.PeppolId,
        PaymentTermsDays = customer.PaymentTermsDays,
        IsArchived = customer.IsArchived,
    };
}
