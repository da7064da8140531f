using CsCheck;
using Tms.Domain.Invoices;
using Tms.Domain.Ledger;
using Tms.Domain.Shared;
using Tms.Domain.Tests.Shared;
using Xunit;

namespace Tms.Domain.Tests.Ledger;

/// <summary>What invoices and their payments mean for the books.</summary>
public sealed class InvoicePostingTests
{
    private static readonly InvoiceInput Worked = Some.InputById(
        Some.Line(12_499.99m, 3), Some.Line(655.55m, 2.5m), Some.Line(4_333.33m, vatRate: 12), Some.Line(89.95m, 7, 15),
        Some.Line(8_000m, vatRate: 0, category: VatCategory.Z)) with
    {
        Allowances = [new("Rabatt", 500m, 25m)],
    };

    [Fact]
    public void A_sent_invoice_is_owed_and_earned_by_rate_and_its_VAT_is_due()
    {
        var voucher = Booked(Some.Invoice().Given(Some.CreateById(Worked)).When(SendTo()).Then<InvoiceSent>())!;
        Assert.Equal((VoucherKind.Sale, Some.Today, "Faktura 10042", 10042L), (voucher.Kind, voucher.Date, voucher.Text, voucher.Number));
        Assert.Equal(
        [
            new(1500, 61_875_99, Party: Some.CustomerId),
            new(3000, -38_638_85, "3", -9_659_71), new(2700, -9_659_71),
            new(3010, -629_65, "31", -94_45), new(2701, -94_45),
            new(3020, -4_333_33, "33", -520_00), new(2703, -520_00),
            new(3100, -8_000_00, "5"),
        ], voucher.Lines);
    }

    [Theory]
    [InlineData(VatCategory.Z, "5", 3100)]
    [InlineData(VatCategory.E, "6", 3200)]
    [InlineData(VatCategory.G, "52", 3110)]
    [InlineData(VatCategory.AE, "51", 3100)]
    public void A_category_without_VAT_has_its_code_and_account(VatCategory category, string code, int account) =>
        Assert.Equal(
            [new(1500, 100_00), new(account, -100_00, code)],
            Booked(Some.Draft(Some.Line(vatRate: 0, category: category)).When(Some.Send()).Then<InvoiceSent>())!.Lines);

    [Fact]
    public void A_seller_that_is_not_registered_books_no_VAT()
    {
        var send = new SendInvoice(Some.Seller() with { VatRegistered = false });
        var sent = Some.Draft(Some.Line(vatRate: 0, category: VatCategory.O)).When(send).Then<InvoiceSent>();
        Assert.Equal([new(1500, 100_00), new(3200, -100_00, "7")], Booked(sent)!.Lines);
    }

    [Fact]
    public void What_was_prepaid_is_taken_from_the_customers_advances_and_rounding_has_its_account()
    {
        var input = Some.Input(Some.Line(100.20m)) with { Prepaid = 25m, PayableRounding = -0.25m };
        var sent = Some.Invoice().Given(Some.Create(input)).When(Some.Send()).Then<InvoiceSent>();
        Assert.Equal(
        [
            new(1500, 100_00), new(2900, 25_00), new(3960, 25), new(3000, -100_20, "3", -25_05), new(2700, -25_05),
        ], Booked(sent)!.Lines);
    }

    [Fact]
    public void A_payment_moves_what_is_owed_to_the_bank_on_its_day()
    {
        var paid = Some.Sent().When(Some.Pay(25) with { Date = Some.Today.AddDays(-2) }).Then<InvoicePartiallyPaid>();
        var voucher = Booked(paid)!;
        Assert.Equal(
            (VoucherKind.Payment, Some.Today.AddDays(-2), "Innbetaling faktura 10042"), (voucher.Kind, voucher.Date, voucher.Text));
        Assert.Equal([new(1920, 25_00), new(1500, -25_00)], voucher.Lines);
    }

    [Fact]
    public void A_payment_that_is_taken_back_is_booked_on_the_day_of_that_in_Oslo()
    {
        var spec = Some.Sent().Given(Some.Pay());
        var back = spec.When(new ReversePayment(Some.PaymentId(), "Feil konto")).Then<InvoicePaymentReversed>();
        var voucher = Postings.Of(back, new DateTimeOffset(2026, 11, 30, 23, 30, 0, TimeSpan.Zero))!;
        Assert.Equal((VoucherKind.PaymentReversal, new DateOnly(2026, 12, 1)), (voucher.Kind, voucher.Date));
        Assert.Equal([new(1920, -125_00), new(1500, 125_00)], voucher.Lines);
    }

    [Fact]
    public void An_invoice_of_nothing_has_a_voucher_without_lines_and_its_payment_none()
    {
        var events = Some.Draft(Some.Line(0)).When(Some.Send()).Accepted().Last;
        Assert.Empty(Booked(events[0])!.Lines);
        Assert.Null(Booked(events[1]));
    }

    [Fact]
    public void Drafts_and_due_dates_are_not_booked()
    {
        var life = Some.Draft().Given(Some.Update(), new CancelInvoice("Dobbelt"));
        Assert.All(life.History, e => Assert.Null(Booked(e)));
    }

    [Fact]
    public void An_event_draws_a_number_if_it_is_booked_and_only_then() => Gens.Life.Sample(life =>
    {
        foreach (var e in Live(life)) Assert.Equal(Booked(e) is not null, (e as BookedInvoiceEvent)?.Voucher is not null);
    });

    [Fact]
    public void Whatever_happens_the_books_say_what_is_owed_and_what_was_paid() => Gens.Life.Sample(life =>
    {
        var state = InvoiceDecider.Instance.Initial;
        var books = new Dictionary<int, long>();
        foreach (var (version, e) in Live(life).Index())
        {
            state = InvoiceDecider.Instance.Evolve(state, e, new EventFacts(Guid.Empty, version + 1, Some.Now));
            foreach (var line in Booked(e)?.Lines ?? []) books[line.Account] = books.GetValueOrDefault(line.Account) + line.Amount;
            Assert.Equal(0, books.Values.Sum());
            if (state.Number is null) continue;
            Assert.Equal(Money.ToOre(state.Outstanding), books.GetValueOrDefault(Accounts.Receivables));
            Assert.Equal(Money.ToOre(state.Paid), books.GetValueOrDefault(Accounts.Bank));
            Assert.Equal(
                -Money.ToOre(state.Totals.VatAmount),
                books.Where(account => account.Key is >= 2700 and < 2710).Sum(account => account.Value));
        }
    });

    private static SendInvoice SendTo() => new(Some.Seller(), Some.KnownCustomer());

    private static Voucher? Booked(InvoiceEvent e) => Postings.Of(e, Some.Now);

    private static IReadOnlyList<InvoiceEvent> Live(IEnumerable<InvoiceCommand> life)
    {
        var spec = Some.Invoice();
        foreach (var command in life) spec.When(command);
        return spec.History;
    }
}
