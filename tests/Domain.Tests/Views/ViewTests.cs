using System.Text.Json;
using System.Text.Json.Nodes;
using Tms.Domain.Customers;
using Tms.Domain.Invoices;
using Tms.Domain.Tests.Invoices;
using Tms.Domain.Tests.Shared;
using Tms.Grains.Abstractions.Companies;
using Tms.Grains.Abstractions.Customers;
using Tms.Grains.Abstractions.Invoices;
using Tms.Grains.Abstractions.Users;
using Xunit;

namespace Tms.Domain.Tests.Views;

public sealed class ViewTests
{
    [Fact]
    public void A_draft_shows_every_field_and_writes_nulls()
    {
        var json = Json(Some.Draft().State);
        Assert.Equal(
            "id,number,kid,status,isOverdue,seller,customerId,customer,issueDate,dueDate,paymentTermsDays,currency,reference,note,"
                + "deliveryDate,deliveryPlace,"
            + "lines,allowances,charges,prepaid,payableRounding,totals,payments,creditNotes,version,createdAt,updatedAt",
            Names(json));
        Assert.Equal(
            "description,quantity,unit,unitPrice,priceBaseQuantity,discountPercent,allowance,charge,vatRate,vatCategory,net",
            Names(json["lines"]![0]!));
        Assert.Equal("net,vat,vatAmount,gross,prepaid,payableRounding,payable,paid,outstanding", Names(json["totals"]!));
        Assert.Equal("category,rate,base,amount", Names(json["totals"]!["vat"]![0]!));
        Assert.Equal("id,number,name,organisationNumber,email,address,peppolId", Names(json["customer"]!));
        Assert.Equal("street,postalCode,city,country", Names(json["customer"]!["address"]!));
        Assert.Equal("""{"number":null,"status":"draft","version":1}""", Pick(json, "number", "status", "version"));
        Assert.Equal("[]", json["creditNotes"]!.ToJsonString());
    }

    [Fact]
    public void A_paid_invoice_shows_number_seller_and_payments()
    {
        var json = Json(Some.Invoice()
            .Given(new CreateInvoice(InvoiceTotalsTests.Invoice10042(), Some.KnownCustomer()))
            .Given(new SendInvoice(Some.Seller(), Some.KnownCustomer()), Some.Pay(875.99m)).State);
        Assert.Equal(
            """{"number":10042,"kid":"000017000100424","status":"partially_paid","issueDate":"2026-11-23","dueDate":"2026-12-07"}""",
            Pick(json, "number", "kid", "status", "issueDate", "dueDate"));
        Assert.Equal(
            """{"vatAmount":10274.16,"payable":61875.99,"paid":875.99,"outstanding":61000.00}""",
            Pick(json["totals"]!, "vatAmount", "payable", "paid", "outstanding"));
        Assert.Equal("companyId,name,organisationNumber,vatRegistered,bankAccount,address,email,phone,kidMethod", Names(json["seller"]!));
        Assert.Equal("id,amount,date,reference", Names(json["payments"]![0]!));
        Assert.Equal("""{"id":"018f0000-0000-7000-8000-00000000c017","name":"Fjord Bygg AS"}""", Pick(json["customer"]!, "id", "name"));
    }

    [Theory]
    [InlineData(InvoiceStatus.Draft, "draft")]
    [InlineData(InvoiceStatus.Sent, "sent")]
    [InlineData(InvoiceStatus.PartiallyPaid, "partially_paid")]
    [InlineData(InvoiceStatus.Paid, "paid")]
    [InlineData(InvoiceStatus.Cancelled, "cancelled")]
    [InlineData(InvoiceStatus.Credited, "credited")]
    public void A_status_is_snake_case_on_the_wire(InvoiceStatus status, string wire) =>
        Assert.Equal(wire, Json(Some.Draft().State with { Status = status })["status"]!.GetValue<string>());

    [Fact]
    public void VAT_categories_are_capitals_on_the_wire()
    {
        var input = Some.Input(
            [.. new[] { VatCategory.Z, VatCategory.E, VatCategory.G, VatCategory.AE }.Select(c => Some.Line(1, 1, 0, c))]);
        var lines = Json(Some.Invoice().Given(Some.Create(input)).State)["lines"]!.AsArray();
        Assert.Equal(["Z", "E", "G", "AE"], lines.Select(l => l!["vatCategory"]!.GetValue<string>()));
    }

    [Fact]
    public void A_customer_has_the_shape_of_the_contract()
    {
        var state = Some.Customer().Given(new CreateCustomer(new CustomerInput { Name = "Kari" })).State;
        Assert.Equal(
            """{"id":"018f0000-0000-7000-8000-000000000001","number":10042,"name":"Kari","""
            + "\"organisationNumber\":null,\"email\":null,\"phone\":null,\"address\":null,"
            + "\"paymentTermsDays\":null,\"peppolId\":null,\"isArchived\":false,\"version\":1,"
            + "\"createdAt\":\"2026-11-23T09:00:00+00:00\",\"updatedAt\":\"2026-11-23T09:00:00+00:00\"}",
            JsonSerializer.Serialize(CustomerView.Of(state), JsonSerializerOptions.Web));
    }

    [Fact]
    public void A_company_has_the_shape_of_the_contract()
    {
        var state = Some.Company().Given(Some.Register()).State;
        var json = JsonSerializer.SerializeToNode(CompanyView.Of(state), JsonSerializerOptions.Web)!;
        Assert.Equal(
            "id,name,organisationNumber,vatRegistered,bankAccount,address,email,phone,kidMethod,modules,isActive,version,createdAt,"
                + "updatedAt", Names(json));
        Assert.Equal(
            """{"kidMethod":"mod10","modules":["ECONOMY","HR","QUIZ","SIKKERHETSKONTROLL"],"isActive":true}""",
            Pick(json, "kidMethod", "modules", "isActive"));
    }

    [Fact]
    public void A_user_has_the_shape_of_the_contract()
    {
        var state = Some.User().Given(Some.RegisterUser()).State;
        var json = JsonSerializer.SerializeToNode(UserView.Of(state), JsonSerializerOptions.Web)!;
        Assert.Equal(
            "id,email,firstName,lastName,role,phone,address,companyId,isActive,createdAt,updatedAt,version,hasSecondFactor,isErased",
            Names(json));
        Assert.Equal("""{"email":"ola.nordmann@example.no","role":"BRUKER","phone":null}""", Pick(json, "email", "role", "phone"));
    }

    private static JsonNode Json(Invoice state) =>
        JsonSerializer.SerializeToNode(InvoiceView.Of(state), JsonSerializerOptions.Web)!;

    private static string Names(JsonNode node) => string.Join(',', node.AsObject().Select(p => p.Key));

    private static string Pick(JsonNode node, params string[] names) =>
        new JsonObject(names.Select(n => KeyValuePair.Create(n, node[n]?.DeepClone()))).ToJsonString();
}
