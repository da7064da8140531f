using System.Text.Json;
using CsCheck;
using Tms.Domain.Invoices;
using Tms.Domain.Shared;
using Tms.Domain.Tests.Shared;
using Xunit;

namespace Tms.Domain.Tests.Invoices;

public sealed class InvoiceProperties
{
    [Fact]
    public void Deciding_twice_changes_nothing() => Gen.Select(Gens.Life, Gens.Command).Sample((life, command) =>
    {
        var spec = Live(life);
        spec.When(command);
        Assert.Empty(spec.When(command).Last);
    });

    [Fact]
    public void What_is_owed_is_never_below_zero() => Gens.Life.Sample(life =>
    {
        var spec = Some.Invoice();
        foreach (var command in life)
        {
            var state = spec.When(command).State;
            if (state.Number is null) continue;
            Assert.True(state.Outstanding >= 0, $"{state.Outstanding}");
            Assert.Equal(state.Outstanding == 0, state.Status == InvoiceStatus.Paid);
            Assert.False(state.IsOverdue && state.Outstanding == 0);
        }
    });

    [Fact]
    public void Every_event_tells_the_state_right_after_it() => Gens.Life.Sample(life =>
    {
        var state = InvoiceDecider.Instance.Initial;
        foreach (var (version, e) in Live(life).History.Index())
        {
            state = InvoiceDecider.Instance.Evolve(state, e, new EventFacts(Guid.Empty, version + 1, Some.Now));
            Assert.Equal(InvoiceSummary.Of(state), e.Summary);
        }
    });

    [Fact]
    public void What_was_stored_folds_to_the_same_state() => Gens.Life.Sample(life =>
    {
        var spec = Live(life);
        var again = Some.Invoice().Given(spec.History.Select(Stored));
        Assert.Equal(Snapshot(spec.State), Snapshot(again.State));
    });

    [Fact]
    public void A_snapshot_is_as_good_as_the_events() => Gens.Life.Sample(life =>
    {
        var state = Live(life).State;
        Assert.Equal(Snapshot(state), Snapshot(JsonSerializer.Deserialize(Snapshot(state), InvoiceDecider.Instance.SnapshotJson)!));
    });

    [Fact]
    public void What_happened_before_the_sending_does_not_change_what_is_sent() => Gens.Life.Sample(life =>
    {
        var spec = Live(life);
        if (spec.History.OfType<InvoiceSent>().SingleOrDefault() is not { } sent) return;
        Assert.True(sent.Input.SaysTheSameAs(spec.State.Input));
        Assert.Same(sent.Totals, spec.State.Totals);
    });

    [Fact]
    public void Gross_is_net_and_VAT() => Gens.Input.Sample(input =>
    {
        var totals = InvoicePricing.Price(input, sellerVatRegistered: true).Totals;
        Assert.Equal(totals.Net + totals.VatAmount, totals.Gross);
        Assert.Equal(totals.Vat.Sum(v => v.Base), totals.Net);
        Assert.Equal(totals.Vat.Sum(v => v.Amount), totals.VatAmount);
        Assert.Equal(totals.Gross - input.Prepaid + input.PayableRounding, totals.Payable);
        Assert.Equal(Money.Round(totals.Gross), totals.Gross);
    });

    [Fact]
    public void Net_is_the_sum_of_lines_and_adjustments() => Gens.Input.Sample(input =>
    {
        var priced = InvoicePricing.Price(input, sellerVatRegistered: true);
        var expected = priced.Input.Lines.Sum(l => l.Net) - input.Allowances.Sum(a => a.Amount) + input.Charges.Sum(c => c.Amount);
        Assert.Equal(expected, priced.Totals.Net);
    });

    [Fact]
    public void The_order_of_lines_does_not_change_the_totals() => Gens.Input.Sample(input =>
    {
        var reversed = input with { Lines = [.. input.Lines.Reverse()], Charges = [.. input.Charges.Reverse()] };
        Assert.Equal(Totals(input), Totals(reversed));
    });

    [Fact]
    public void A_return_of_everything_is_the_invoice_below_zero() => Gens.Line.Sample(line =>
    {
        var plain = line with { Allowance = 0, Charge = 0 };
        Assert.Equal(-InvoiceTotals.NetOf(plain), InvoiceTotals.NetOf(plain with { Quantity = -plain.Quantity }));
    });

    [Fact]
    public void No_input_makes_the_rules_throw()
    {
        var wild = Gen.Select(Gen.Decimal, Gen.Decimal, Gen.Decimal, Gen.Decimal, Gens.OneOf(25m, 15m, 0m, 3m), (a, b, c, d, rate) =>
            Some.Line(a, b, rate, VatCategory.Z) with { PriceBaseQuantity = c, DiscountPercent = d, Allowance = a, Charge = b });
        wild.Array[0, 5].Sample(
            lines => Assert.NotNull(InvoiceRules.Check(Some.Create(Some.Input() with { Lines = [.. lines] }), Some.Now)));
    }

    [Fact]
    public void No_lines_within_bounds_make_the_sums_throw()
    {
        var large = Gen.Select(
            Gen.Int[1, 4].Select(n => InvoiceLimits.Quantity - n), Gens.OneOf(InvoiceLimits.UnitPrice, 0m, 1m), Gens.OneOf(0.0001m, 1m, 3m),
            Gen.Bool,
            (quantity, price, per, negative) => Some.Line(price, negative ? -quantity : quantity) with
            {
                PriceBaseQuantity = per,
                Charge = Money.Max,
            });
        large.Array[1, 1000].Sample(
            lines => Assert.Contains(InvoiceRules.Check(Some.Input(lines), Some.Today), f => f.Code == "amount_too_large"), iter: 50);
    }

    private static Spec<Invoice, InvoiceCommand, InvoiceEvent> Live(InvoiceCommand[] life)
    {
        var spec = Some.Invoice();
        foreach (var command in life) spec.When(command);
        return spec;
    }

    private static string Totals(InvoiceInput input) =>
        string.Join(
            ' ',
            InvoicePricing.Price(input, sellerVatRegistered: true).Totals is var t
                ? (object[])[t.Net, t.VatAmount, t.Payable, .. t.Vat]
                : []);

    private static InvoiceEvent Stored(InvoiceEvent e)
    {
        var type = TmsEvents.Catalog.Of(e);
        return (InvoiceEvent)type.Decode(type.Encode(e), type.SchemaVersion);
    }

    private static string Snapshot(Invoice state) => JsonSerializer.Serialize(state, InvoiceDecider.Instance.SnapshotJson);
}
