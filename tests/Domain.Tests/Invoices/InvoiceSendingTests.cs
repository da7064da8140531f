using Tms.Domain.Companies;
using Tms.Domain.Invoices;
using Tms.Domain.Shared;
using Tms.Domain.Tests.Shared;
using Xunit;

namespace Tms.Domain.Tests.Invoices;

public sealed class InvoiceSendingTests
{
    [Fact]
    public void A_sent_invoice_carries_everything_its_document_needs()
    {
        var spec = Some.Invoice().Given(Some.CreateById());
        var sent =
            spec.When(new SendInvoice(Some.Seller(), Some.KnownCustomer() with { Name = "Fjord Bygg og Anlegg AS" })).Then<InvoiceSent>();
        Assert.Equal(new InvoiceIssue(10042, "000017000100424", Some.Today, Some.Today.AddDays(14)), sent.Issue);
        Assert.Equal(Some.Seller(), sent.Seller);
        Assert.Equal("Fjord Bygg og Anlegg AS", sent.Input.Customer!.Name);
        Assert.Equal(100m, sent.Input.Lines[0].Net);
        Assert.Equal(25m, Assert.Single(sent.Totals.Vat).Amount);
        Assert.Equal((InvoiceStatus.Sent, 10042L, 125m), (spec.State.Status, spec.State.Number!.Value, spec.State.Outstanding));
    }

    [Fact]
    public void The_numbers_of_invoice_and_voucher_are_drawn_when_it_is_stored()
    {
        var spec = Some.Draft().When(Some.Send());
        var outline = Assert.IsType<Decision<InvoiceEvent>.Accepted>(spec.Decision);
        Assert.Equal(["invoices", "vouchers"], outline.Draws);
        var sent = Assert.IsType<InvoiceSent>(outline.With([7, 21]).Events[0]);
        Assert.Equal((7, 21), (sent.Issue.Number, sent.Voucher));
        Assert.Equal(8, Assert.IsType<InvoiceSent>(outline.With([8, 22]).Events[0]).Summary.Number);
    }

    [Fact]
    public void A_sent_invoice_cannot_be_sent_again() => Some.Sent().When(Some.Send()).ThenRefused("invoice_not_draft");

    [Fact]
    public void A_cancelled_draft_is_never_sent() =>
        Some.Draft().Given(new CancelInvoice("x")).When(Some.Send()).ThenRefused("invoice_not_draft");

    [Theory]
    [InlineData(null, null, 14)]
    [InlineData(null, 30, 30)]
    [InlineData(10, 30, 10)]
    [InlineData(0, 30, 0)]
    public void The_due_date_follows_the_terms_of_the_invoice_else_of_the_customer_else_14_days(int? own, int? customers, int expected)
    {
        var customer = Some.KnownCustomer() with { PaymentTermsDays = customers };
        var spec = Some.Invoice().Given(new CreateInvoice(Some.InputById() with { PaymentTermsDays = own }, customer));
        Assert.Equal(Some.Today.AddDays(expected), spec.When(new SendInvoice(Some.Seller(), customer)).Then<InvoiceSent>().Issue.DueDate);
    }

    [Fact]
    public void Given_dates_stay()
    {
        var input = Some.Input() with { IssueDate = new(2026, 11, 1), DueDate = new(2026, 12, 24) };
        var issue = Some.Invoice().Given(Some.Create(input)).When(Some.Send()).Then<InvoiceSent>().Issue;
        Assert.Equal((new DateOnly(2026, 11, 1), new DateOnly(2026, 12, 24)), (issue.IssueDate, issue.DueDate));
    }

    [Fact]
    public void Terms_count_from_the_issue_date()
    {
        var input = Some.Input() with { IssueDate = new(2026, 11, 1), PaymentTermsDays = 10 };
        Assert.Equal(
            new DateOnly(2026, 11, 11), Some.Invoice().Given(Some.Create(input)).When(Some.Send()).Then<InvoiceSent>().Issue.DueDate);
    }

    [Fact]
    public void The_day_of_sending_is_Oslos()
    {
        var spec = Some.Draft().At(new DateTimeOffset(2026, 11, 23, 23, 30, 0, TimeSpan.Zero));
        Assert.Equal(new DateOnly(2026, 11, 24), spec.When(Some.Send()).Then<InvoiceSent>().Issue.IssueDate);
    }

    [Fact]
    public void A_due_date_that_passed_before_sending_is_refused() =>
        Some.Invoice().Given(Some.Create(Some.Input() with { DueDate = Some.Today }))
            .At(Some.Now.AddDays(1)).When(Some.Send()).ThenRefused("due_before_issue", "/dueDate");

    [Fact]
    public void An_issue_date_in_the_future_is_refused_at_send_too() =>
        Some.Invoice().Given(Some.Create(Some.Input() with { IssueDate = Some.Today }))
            .At(Some.Now.AddDays(-2)).When(Some.Send()).ThenRefused("date_in_future", "/issueDate");

    [Fact]
    public void A_total_below_zero_cannot_be_sent() => Some.Draft(Some.Line(100, -1)).When(Some.Send()).ThenRefused("negative_total");

    [Fact]
    public void More_prepaid_than_the_total_cannot_be_sent() =>
        Some.Invoice().Given(Some.Create(Some.Input() with { Prepaid = 125.01m })).When(Some.Send()).ThenRefused("negative_total");

    [Fact]
    public void A_total_below_zero_is_not_saved_by_rounding() =>
        Some.Invoice().Given(Some.Create(Some.Input(Some.Line(0.10m, -1, 0, VatCategory.Z)) with { PayableRounding = 0.10m }))
            .When(Some.Send()).ThenRefused("negative_total");

    [Fact]
    public void Nothing_to_pay_is_paid_at_once()
    {
        var spec = Some.Invoice().Given(Some.Create(Some.Input() with { Prepaid = 125 })).When(Some.Send());
        Assert.Collection(
            spec.Last,
            sent => Assert.Equal(InvoiceStatus.Sent, Assert.IsType<InvoiceSent>(sent).Summary.Status),
            paid => Assert.Null(Assert.IsType<InvoicePaid>(paid).Payment));
        Assert.Equal((InvoiceStatus.Paid, 0m), (spec.State.Status, spec.State.Outstanding));
        Assert.Empty(spec.State.Payments);
    }

    [Fact]
    public void A_customer_that_is_gone_at_send_is_refused() =>
        Some.Invoice().Given(Some.CreateById()).When(Some.Send()).ThenRefused("unknown_customer", "/customerId");

    [Fact]
    public void A_customer_archived_since_still_gets_the_draft() =>
        Some.Invoice().Given(Some.CreateById()).When(new SendInvoice(Some.Seller(), Some.KnownCustomer() with { IsArchived = true }))
            .Then<InvoiceSent>();

    [Fact]
    public void A_company_that_left_VAT_cannot_send_a_draft_with_VAT() =>
        Some.Draft().When(new SendInvoice(Some.Seller() with { VatRegistered = false }))
            .ThenRefused("seller_not_vat_registered", "/lines/0/vatRate");

    [Fact]
    public void The_KID_follows_the_companys_method()
    {
        var spec = Some.Invoice().Given(Some.CreateById());
        var sent = spec.When(new SendInvoice(Some.Seller() with { KidMethod = KidMethod.Mod11 }, Some.KnownCustomer())).Then<InvoiceSent>();
        Assert.True(Kid.IsValid(sent.Issue.Kid, KidMethod.Mod11));
        Assert.Equal(sent.Issue.Kid, spec.State.Kid);
    }
}
