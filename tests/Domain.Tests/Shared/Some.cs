using Tms.Domain.Companies;
using Tms.Domain.Customers;
using Tms.Domain.Invoices;
using Tms.Domain.Shared;
using Tms.Domain.Users;

namespace Tms.Domain.Tests.Shared;

/// <summary>Valid things to start from; a test changes what it is about.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
    public static readonly DateOnly Today = new(2026, 11, 23);
    public static readonly Guid CompanyId = Guid.Parse("018f0000-0000-7000-8000-00000000c001");
    public static readonly Guid CustomerId = Guid.Parse("018f0000-0000-7000-8000-00000000c017");
    public static readonly Guid UserId = Guid.Parse("018f0000-0000-7000-8000-00000000a001");
    public static readonly byte[] PasswordHash = [1, 2, 3, 4];

    public static Guid PaymentId(int n = 1) => new(n, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]);

    public static Spec<Invoice, InvoiceCommand, InvoiceEvent> Invoice() => new(InvoiceDecider.Instance);

    public static Spec<Customer, CustomerCommand, CustomerEvent> Customer() => new(CustomerDecider.Instance);

    public static Spec<Company, CompanyCommand, CompanyEvent> Company() => new(CompanyDecider.Instance);

    public static Spec<User, UserCommand, UserEvent> User() => new(UserDecider.Instance);

    public static Address Address() => new("Storgata 1", "0155", "Oslo");

    public static InvoiceLine Line(decimal unitPrice = 100, decimal quantity = 1, decimal vatRate = 25, VatCategory? category = null) =>
        new()
        {
            Description = "Frakt",
            Quantity = quantity,
            UnitPrice = unitPrice,
            VatRate = vatRate,
            VatCategory = category,
        };

    public static CustomerSnapshot InlineCustomer() => new() { Name = "Kari Nordmann", Email = "kari@example.no", Address = Address() };

    public static CustomerSnapshot KnownCustomer() => new()
    {
        Id = CustomerId,
        Name = "Fjord Bygg AS",
        OrganisationNumber = "974760673",
        Number = 17,
        Address = Address(),
    };

    public static SellerSnapshot Seller() => new()
    {
        CompanyId = CompanyId,
        Name = "Nordtransport AS",
        OrganisationNumber = "987654325",
        BankAccount = "86011117947",
        Address = Address(),
    };

    public static InvoiceInput Input(params InvoiceLine[] lines) => new()
    {
        Customer = InlineCustomer(),
        Lines = lines.Length == 0 ? [Line()] : [.. lines],
    };

    public static InvoiceInput InputById(params InvoiceLine[] lines) => Input(lines) with { Customer = null, CustomerId = CustomerId };

    public static CreateInvoice Create(InvoiceInput? input = null) => new(input ?? Input());

    public static CreateInvoice CreateById(InvoiceInput? input = null) => new(input ?? InputById(), KnownCustomer());

    public static UpdateInvoice Update(InvoiceInput? input = null) => new(input ?? Input());

    public static SendInvoice Send() => new(Seller());

    public static PayInvoice Pay(decimal? amount = null, int n = 1) => new(PaymentId(n), amount);

    public static Spec<Invoice, InvoiceCommand, InvoiceEvent> Draft(params InvoiceLine[] lines) => Invoice().Given(Create(Input(lines)));

    /// <summary>125 kroner, sent today.</summary>
    public static Spec<Invoice, InvoiceCommand, InvoiceEvent> Sent(params InvoiceLine[] lines) => Draft(lines).Given(Send());

    public static CustomerInput CustomerInput() => new()
    {
        Name = "Fjord Bygg AS",
        OrganisationNumber = "974760673",
        Email = "post@fjordbygg.no",
        Phone = "+47 22 33 44 55",
        Address = Address(),
        PaymentTermsDays = 30,
        PeppolId = "0192:974760673",
    };

    public static CompanyInput CompanyInput() => new()
    {
        Name = "Nordtransport AS",
        OrganisationNumber = "987654325",
        BankAccount = "86011117947",
        Address = Address(),
        Email = "post@nordtransport.no",
        Phone = "22334455",
    };

    public static UserInput Person() => new("Ola.Nordmann@Example.NO", "Ola", "Nordmann");

    public static RegisterCompany Register() => new(CompanyId, CompanyInput(), UserId, Person(), PasswordHash);

    public static RegisterUser RegisterUser() => new(UserId, CompanyId, Role.Bruker, Person(), PasswordHash);
}
