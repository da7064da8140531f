using CsCheck;
using Tms.Domain.Invoices;

namespace Tms.Domain.Tests.Shared;

/// <summary>Random things that keep the rules, and random commands that may not.</summary>
internal static class Gens
{
    private static readonly VatCategory[] WithoutVat = [VatCategory.Z, VatCategory.E, VatCategory.G, VatCategory.AE];

    private static readonly Gen<(decimal Rate, VatCategory? Category)> Vat = Gen.OneOf(
        OneOf(25m, 15m, 12m).Select(rate => (rate, (VatCategory?)null)),
        OneOf(WithoutVat).Select(category => (0m, (VatCategory?)category)));

    public static readonly Gen<InvoiceLine> Line = Gen.Select(
        Decimal(-50_0000, 100_0000, 4), Decimal(0, 100_000_0000, 4), Decimal(1, 10_0000, 4), Decimal(0, 100_0000, 4), Decimal(0, 500, 2),
        Vat,
        (quantity, price, per, discount, extra, vat) => Some.Line(price, quantity, vat.Rate, vat.Category) with
        {
            PriceBaseQuantity = per,
            DiscountPercent = discount,
            Allowance = extra,
            Charge = extra / 2m == decimal.Truncate(extra / 2m * 100m) / 100m ? extra / 2m : 0m,
        });

    public static readonly Gen<InvoiceAdjustment> Adjustment =
        Gen.Select(Decimal(0, 100_00, 2), Vat, (amount, vat) => new InvoiceAdjustment("Avtale", amount, vat.Rate, vat.Category));

    public static readonly Gen<InvoiceInput> Input = Gen.Select(
        Line.Array[1, 12], Adjustment.Array[0, 3], Adjustment.Array[0, 3], Decimal(0, 100_00, 2), Decimal(-100, 100, 2),
        (lines, allowances, charges, prepaid, rounding) => Some.Input(lines) with
        {
            Allowances = [.. allowances],
            Charges = [.. charges],
            Prepaid = prepaid,
            PayableRounding = rounding,
        });

    private static readonly Gen<decimal?> Amount = Gen.OneOf(
        OneOf((decimal?)null), Decimal(-100, 1_000_000_00, 2).Select(a => (decimal?)a), Decimal(1, 500_00, 2).Select(a => (decimal?)a));

    public static readonly Gen<InvoiceCommand> Command = Gen.Frequency(
        (2, Input.Select(i => (InvoiceCommand)new CreateInvoice(i))),
        (2, Input.Select(i => (InvoiceCommand)new UpdateInvoice(i))),
        (2, OneOf<InvoiceCommand>(Some.Send())),
        (6, Gen.Select(Amount, Gen.Int[1, 6], (amount, n) => (InvoiceCommand)Some.Pay(amount, n))),
        (2, Gen.Int[1, 6].Select(n => (InvoiceCommand)new ReversePayment(Some.PaymentId(n), "avvist"))),
        (1, OneOf<InvoiceCommand>(new CancelInvoice("feil"))),
        (2, Gen.Int[-1, 30].Select(days => (InvoiceCommand)new MarkOverdue(Some.Today.AddDays(days)))));

    /// <summary>A draft and, mostly, its sending, so that what follows finds something to do.</summary>
    public static readonly Gen<InvoiceCommand[]> Life = Gen.Select(
        Input, Gen.Bool, Command.Array[0, 20],
        (input, sent, then) => (InvoiceCommand[])[
            new CreateInvoice(input), .. sent ? [Some.Send()] : Array.Empty<InvoiceCommand>(), .. then]);

    public static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static Gen<decimal> Decimal(int min, int max, byte decimals) =>
        Gen.Int[min, max].Select(i => new decimal(Math.Abs(i), 0, 0, i < 0, decimals));
}
