using Tms.Domain.Invoices;
using Tms.Grains.Abstractions.Invoices;
using Tms.Grains.Abstractions.Scheduling;

namespace Tms.Api.Demo;

/// <summary>An invoice in every state that there is.</summary>
internal sealed class DemoInvoices : IDemoArea
{
    private static readonly InvoiceLine Freight =
        new() { Description = "Frakt Oslo – Ålesund", Quantity = 2, Unit = "TNE", UnitPrice = 4_850m, VatRate = 25 };
    private static readonly InvoiceLine Waiting =
        new() { Description = "Ventetid", Quantity = 2.5m, Unit = "HUR", UnitPrice = 655.55m, VatRate = 25 };
    private static readonly InvoiceLine Passengers =
        new() { Description = "Skoleskyss", Quantity = 21, Unit = "DAY", UnitPrice = 1_250m, VatRate = 12, DiscountPercent = 5 };
    private static readonly InvoiceLine Fish =
        new() { Description = "Fersk torsk, videresalg", Quantity = 340, Unit = "KGM", UnitPrice = 78.4m, VatRate = 15 };

    public async Task Fill(DemoCompany company, CancellationToken cancel)
    {
        var today = company.Today;
        await Draft(company, "draft", DemoCustomers.Builder, null, null, Freight, Waiting);
        await Draft(company, "cancelled", DemoCustomers.Fishery, null, null, Fish);
        await Then(company, "cancelled", "cancel", new CancelInvoice("Opprettet to ganger"));
        await Sent(company, "paid", DemoCustomers.Builder, today.AddDays(-60), today.AddDays(-30), Freight);
        await Then(company, "paid", "pay", new PayInvoice(company.IdOf("payments/paid"), null, today.AddDays(-35), "Innbetaling"));
        await Sent(company, "overdue", DemoCustomers.Fishery, today.AddDays(-40), today.AddDays(-10), Fish, Freight);
        await Sent(company, "partially-paid", DemoCustomers.Municipality, today.AddDays(-12), today.AddDays(8), Passengers);
        await Then(
            company, "partially-paid", "pay",
            new PayInvoice(company.IdOf("payments/partially-paid"), 10_000m, today.AddDays(-2), "Første del"));
        await Sent(company, "sent", DemoCustomers.Builder, today, today.AddDays(30), Freight, Waiting);
        await company.Grains.GetGrain<IJobGrain>("overdue-invoices").Wake();
    }

    private static async Task Sent(
        DemoCompany company, string name, string customer, DateOnly issued, DateOnly due, params InvoiceLine[] lines)
    {
        await Draft(company, name, customer, issued, due, lines);
        await Then(company, name, "send", new SendInvoice());
    }

    private static Task Draft(
        DemoCompany company, string name, string customer, DateOnly? issued, DateOnly? due, params InvoiceLine[] lines) =>
            Then(company, name, "create", new CreateInvoice(
        new() { CustomerId = company.IdOf(customer), IssueDate = issued, DueDate = due, Reference = "Demo", Lines = [.. lines] }));

    private static Task Then(DemoCompany company, string name, string step, InvoiceCommand command) =>
        company.Do(company.Grain<IInvoiceGrain>($"invoices/{name}"), $"invoices/{name}/{step}", command);
}
