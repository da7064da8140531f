using Tms.Domain.Invoices;
using Tms.Domain.Tests.Shared;
using Xunit;

namespace Tms.Domain.Tests.Invoices;

public sealed class InvoicePayingTests
{
    private static readonly MarkOverdue DayAfterDue = new(Some.Today.AddDays(15));

    [Fact]
    public void A_payment_without_amount_pays_what_is_outstanding()
    {
        var spec = Some.Sent();
        var paid = spec.When(Some.Pay()).Then<InvoicePaid>();
        Assert.Equal(new InvoicePayment(Some.PaymentId(), 125m, Some.Today, null), paid.Payment);
        Assert.Equal((InvoiceStatus.Paid, 125m, 0m), (paid.Summary.Status, paid.Summary.Totals.Paid, paid.Summary.Totals.Outstanding));
        Assert.Equal(InvoiceStatus.Paid, spec.State.Status);
    }

    [Fact]
    public void A_smaller_payment_leaves_the_rest_outstanding()
    {
        var spec = Some.Sent();
        var paid = spec.When(Some.Pay(100.10m)).Then<InvoicePartiallyPaid>();
        Assert.Equal((100.10m, 24.90m), (paid.Summary.Totals.Paid, paid.Summary.Totals.Outstanding));
        Assert.Equal(InvoiceStatus.PartiallyPaid, spec.State.Status);
        Assert.Equal(24.90m, spec.When(Some.Pay(n: 2)).Then<InvoicePaid>().Payment!.Amount);
    }

    [Fact]
    public void The_same_payment_again_changes_nothing()
    {
        Some.Sent().Given(Some.Pay(1)).When(Some.Pay(1)).ThenNothing();
        Some.Sent().Given(Some.Pay()).When(Some.Pay()).ThenNothing();
        Some.Sent().Given(Some.Pay(), new ReversePayment(Some.PaymentId(), "x")).When(Some.Pay()).ThenNothing();
    }

    [Fact]
    public void More_than_outstanding_is_refused() => Some.Sent().When(Some.Pay(125.01m)).ThenRefused("payment_exceeds_outstanding");

    [Theory]
    [InlineData("0", "out_of_range")]
    [InlineData("-5", "out_of_range")]
    [InlineData("1.001", "too_many_decimals")]
    [InlineData("10000000000", "out_of_range")]
    public void A_payment_is_an_amount_of_money(string amount, string code) =>
        Some.Sent().When(Some.Pay(decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture))).ThenRefused(code, "/amount");

    [Fact]
    public void A_payment_is_never_dated_later_than_today() =>
        Some.Sent().When(Some.Pay() with { Date = Some.Today.AddDays(1) }).ThenRefused("date_in_future", "/date");

    [Fact]
    public void A_payment_keeps_its_date_and_reference()
    {
        var pay = Some.Pay() with { Date = new DateOnly(2026, 11, 20), Reference = "innbetaling" };
        Assert.Equal(
            new InvoicePayment(pay.PaymentId, 125m, new DateOnly(2026, 11, 20), "innbetaling"),
            Some.Sent().When(pay).Then<InvoicePaid>().Payment);
    }

    [Fact]
    public void Only_what_is_sent_and_owed_takes_payments()
    {
        Some.Draft().When(Some.Pay()).ThenRefused("invoice_not_payable");
        Some.Draft().Given(new CancelInvoice("x")).When(Some.Pay()).ThenRefused("invoice_not_payable");
        Some.Sent().Given(Some.Pay()).When(Some.Pay(1, n: 2)).ThenRefused("invoice_not_payable");
    }

    [Fact]
    public void A_reversed_payment_is_owed_again()
    {
        var spec = Some.Sent().Given(Some.Pay());
        var reversed = spec.When(new ReversePayment(Some.PaymentId(), "avvist")).Then<InvoicePaymentReversed>();
        Assert.Equal(
            (125m, "avvist", InvoiceStatus.Sent, 125m),
            (reversed.Payment.Amount, reversed.Reason, reversed.Summary.Status, reversed.Summary.Totals.Outstanding));
        Assert.Equal((InvoiceStatus.Sent, 125m), (spec.State.Status, spec.State.Outstanding));
        Assert.Empty(spec.State.Payments);
    }

    [Fact]
    public void A_reversal_beside_other_payments_leaves_it_partially_paid()
    {
        var spec = Some.Sent().Given(Some.Pay(100), Some.Pay(n: 2));
        spec.When(new ReversePayment(Some.PaymentId(2), "avvist"));
        Assert.Equal((InvoiceStatus.PartiallyPaid, 25m), (spec.State.Status, spec.State.Outstanding));
    }

    [Fact]
    public void An_unknown_payment_is_not_found() => Some.Sent().When(new ReversePayment(Some.PaymentId(9), "x")).ThenRefused("not_found");

    [Fact]
    public void A_payment_is_reversed_once() =>
        Some.Sent().Given(Some.Pay(), new ReversePayment(Some.PaymentId(), "x"))
            .When(new ReversePayment(Some.PaymentId(), "x")).ThenRefused("payment_already_reversed");

    [Fact]
    public void A_reversal_has_a_reason() =>
        Some.Sent().Given(Some.Pay()).When(new ReversePayment(Some.PaymentId(), "")).ThenRefused("required", "/reason");

    [Fact]
    public void An_invoice_is_overdue_the_day_after_its_due_date()
    {
        Some.Sent().When(new MarkOverdue(Some.Today.AddDays(14))).ThenNothing();
        var spec = Some.Sent();
        spec.When(DayAfterDue).Then<InvoiceOverdue>();
        Assert.True(spec.State.IsOverdue);
        Assert.Equal(InvoiceStatus.Sent, spec.State.Status);
    }

    [Fact]
    public void Overdue_is_marked_once() => Some.Sent().Given(DayAfterDue).When(DayAfterDue).ThenNothing();

    [Fact]
    public void What_is_not_owed_is_never_overdue()
    {
        Some.Draft().When(DayAfterDue).ThenNothing();
        Some.Sent().Given(Some.Pay()).When(DayAfterDue).ThenNothing();
    }

    [Fact]
    public void A_part_payment_leaves_it_overdue_and_the_last_one_clears_it()
    {
        var spec = Some.Sent().Given(DayAfterDue, Some.Pay(1));
        Assert.True(spec.State.IsOverdue);
        spec.Given(Some.Pay(n: 2));
        Assert.False(spec.State.IsOverdue);
    }

    [Fact]
    public void A_reversal_leaves_it_cleared_until_it_is_marked_again()
    {
        var spec = Some.Sent().Given(DayAfterDue, Some.Pay(), new ReversePayment(Some.PaymentId(), "x"));
        Assert.False(spec.State.IsOverdue);
        spec.When(DayAfterDue).Then<InvoiceOverdue>();
    }
}
