using System.Collections.Immutable;
using Tms.Domain.Invoices;
using Tms.Domain.Shared;
using Tms.Domain.Tests.Shared;
using Xunit;

namespace Tms.Domain.Tests.Invoices;

public sealed class InvoiceRulesTests
{
    public static readonly TheoryData<string, string, Func<InvoiceInput, InvoiceInput>> Faulty = new()
    {
        { "/customer", "required", i => i with { Customer = null } },
        { "/customer/name", "required", i => i with { Customer = Some.InlineCustomer() with { Name = " " } } },
        { "/customer/name", "too_long", i => i with { Customer = Some.InlineCustomer() with { Name = new string('x', 201) } } },
        { "/customer/organisationNumber", "invalid_organisation_number", i =>
            i with { Customer = Some.InlineCustomer() with { OrganisationNumber = "123456784" } } },
        { "/customer/email", "invalid_email", i => i with { Customer = Some.InlineCustomer() with { Email = "kari" } } },
        { "/customer/address/country", "unknown_country", i =>
            i with { Customer = Some.InlineCustomer() with { Address = Some.Address() with { Country = "NORGE" } } } },
        { "/customer/address/city", "too_long", i =>
            i with { Customer = Some.InlineCustomer() with { Address = Some.Address() with { City = new string('x', 101) } } } },
        { "/issueDate", "date_in_future", i => i with { IssueDate = Some.Today.AddDays(1) } },
        { "/dueDate", "due_before_issue", i => i with { IssueDate = Some.Today, DueDate = Some.Today.AddDays(-1) } },
        { "/paymentTermsDays", "due_date_ambiguous", i => i with { DueDate = Some.Today, PaymentTermsDays = 14 } },
        { "/paymentTermsDays", "out_of_range", i => i with { PaymentTermsDays = -1 } },
        { "/paymentTermsDays", "out_of_range", i => i with { PaymentTermsDays = 366 } },
        { "/currency", "unsupported_currency", i => i with { Currency = "EUR" } },
        { "/reference", "too_long", i => i with { Reference = new string('x', 101) } },
        { "/note", "invalid_characters", i => i with { Note = "a\u0000b" } },
        { "/deliveryPlace", "too_long", i => i with { DeliveryPlace = new string('x', 201) } },
        { "/prepaid", "out_of_range", i => i with { Prepaid = -0.01m } },
        { "/prepaid", "too_many_decimals", i => i with { Prepaid = 0.001m } },
        { "/payableRounding", "out_of_range", i => i with { PayableRounding = 1.01m } },
        { "/lines", "required", i => i with { Lines = [] } },
        { "/lines", "required", i => i with { Lines = default } },
        { "/lines", "too_many", i => i with { Lines = [.. Enumerable.Repeat(Some.Line(), 1001)] } },
        { "/allowances", "too_many", i => i with { Allowances = [.. Enumerable.Repeat(new InvoiceAdjustment("x", 1, 25), 101)] } },
        { "/lines/0/description", "required", i => i with { Lines = [Some.Line() with { Description = "" }] } },
        { "/lines/0/description", "too_long", i => i with { Lines = [Some.Line() with { Description = new string('x', 501) }] } },
        { "/lines/0/quantity", "too_many_decimals", i => i with { Lines = [Some.Line(quantity: 1.00001m)] } },
        { "/lines/0/quantity", "out_of_range", i => i with { Lines = [Some.Line(quantity: decimal.MaxValue)] } },
        { "/lines/0/quantity", "out_of_range", i => i with { Lines = [Some.Line(quantity: decimal.MinValue)] } },
        { "/lines/0/unit", "too_long", i => i with { Lines = [Some.Line() with { Unit = new string('x', 21) }] } },
        { "/lines/0/unitPrice", "out_of_range", i => i with { Lines = [Some.Line(-0.01m)] } },
        { "/lines/0/unitPrice", "too_many_decimals", i => i with { Lines = [Some.Line(0.00001m)] } },
        { "/lines/0/unitPrice", "out_of_range", i => i with { Lines = [Some.Line(10_000_000_000m)] } },
        { "/lines/0/priceBaseQuantity", "out_of_range", i => i with { Lines = [Some.Line() with { PriceBaseQuantity = 0 }] } },
        { "/lines/0/discountPercent", "out_of_range", i => i with { Lines = [Some.Line() with { DiscountPercent = -1 }] } },
        { "/lines/0/discountPercent", "out_of_range", i => i with { Lines = [Some.Line() with { DiscountPercent = 100.0001m }] } },
        { "/lines/0/allowance", "out_of_range", i => i with { Lines = [Some.Line() with { Allowance = -1 }] } },
        { "/lines/0/charge", "too_many_decimals", i => i with { Lines = [Some.Line() with { Charge = 1.005m }] } },
        { "/lines/0/vatRate", "unknown_vat_rate", i => i with { Lines = [Some.Line(vatRate: 20)] } },
        { "/lines/0/vatCategory", "vat_category_required", i => i with { Lines = [Some.Line(vatRate: 0)] } },
        { "/lines/0/vatCategory", "vat_category_mismatch", i => i with { Lines = [Some.Line(vatRate: 0, category: VatCategory.S)] } },
        { "/lines/0/vatCategory", "vat_category_mismatch", i => i with { Lines = [Some.Line(vatRate: 25, category: VatCategory.Z)] } },
        { "/lines/0/vatCategory", "unknown_vat_category", i => i with { Lines = [Some.Line(vatRate: 0, category: (VatCategory)99)] } },
        { "/lines", "vat_category_mixed", i => i with { Lines = [Some.Line(), Some.Line(vatRate: 0, category: VatCategory.O)] } },
        { "/lines", "vat_category_mixed", i =>
            i with { Lines = [Some.Line(vatRate: 0, category: VatCategory.O)], Charges = [new InvoiceAdjustment("x", 1, 25)] } },
        { "/lines/1/unitPrice", "out_of_range", i => i with { Lines = [Some.Line(), Some.Line(-1)] } },
        { "/allowances/0/reason", "required", i => i with { Allowances = [new InvoiceAdjustment("", 1, 25)] } },
        { "/allowances/0/amount", "out_of_range", i => i with { Allowances = [new InvoiceAdjustment("x", -1, 25)] } },
        { "/charges/0/vatCategory", "vat_category_required", i => i with { Charges = [new InvoiceAdjustment("x", 1, 0)] } },
        { "/lines/0", "amount_too_large", i => i with { Lines = [Some.Line(Money.Max, 2)] } },
        { "/lines", "amount_too_large", i => i with { Lines = [Some.Line(Money.Max), Some.Line(Money.Max)] } },
        { "/lines", "amount_too_large", i => i with { Lines = [Some.Line(Money.Max)] } },
    };

    [Theory]
    [MemberData(nameof(Faulty), DisableDiscoveryEnumeration = true)]
    public void A_fault_is_found_by_the_edge_and_by_the_decider(string field, string code, Func<InvoiceInput, InvoiceInput> spoil)
    {
        var command = Some.Create(spoil(Some.Input()));
        Assert.Contains(InvoiceRules.Check(command, Some.Now), f => f.Field == field && f.Code == code && f.Kind == RefusalKind.Invalid);
        Some.Invoice().When(command)
            .ThenRefused(InvoiceRules.Check(command, Some.Now)[0].Code, InvoiceRules.Check(command, Some.Now)[0].Field);
        Some.Draft(Some.Line(1)).When(Some.Update(command.Input)).ThenRefused(InvoiceRules.Check(command, Some.Now)[0].Code);
    }

    [Fact]
    public void All_faults_come_at_once()
    {
        var input = Some.Input(Some.Line(-1) with { Description = "" }, Some.Line(vatRate: 7, quantity: 0.00001m)) with
        {
            Currency = "SEK",
            Prepaid = -1,
        };
        Assert.Equal(
            ["/currency", "/prepaid", "/lines/0/description", "/lines/0/unitPrice", "/lines/1/quantity", "/lines/1/vatRate"],
            InvoiceRules.Check(Some.Create(input), Some.Now).Select(f => f.Field));
    }

    public static readonly TheoryData<Func<InvoiceInput, InvoiceInput>> Fine = new()
    {
        i => i with { IssueDate = Some.Today, DueDate = Some.Today },
        i => i with { DueDate = Some.Today.AddYears(-1) },
        i => i with { DueDate = DateOnly.MaxValue },
        i => i with { PaymentTermsDays = 0 },
        i => i with { Lines = [Some.Line(quantity: -1)] },
        i => i with { Lines = [Some.Line(1.00000m, 1.000000m, 25.000m) with { DiscountPercent = 0.0000000m }] },
        i => i with { Lines = [Some.Line(0)] },
        i => i with { Lines = [Some.Line(0.0001m, -InvoiceLimits.Quantity)] },
        i => i with { Lines = [Some.Line(vatRate: 15), Some.Line(vatRate: 12, category: VatCategory.S)] },
        i => i with
        {
            Lines = [
                Some.Line(), Some.Line(vatRate: 0, category: VatCategory.Z), Some.Line(vatRate: 0, category: VatCategory.E),
                Some.Line(vatRate: 0, category: VatCategory.G), Some.Line(vatRate: 0, category: VatCategory.AE)],
        },
        i => i with { Lines = [Some.Line(vatRate: 0, category: VatCategory.O)] },
        i => i with { Lines = [Some.Line(Money.Max, 1, 0, VatCategory.Z)] },
        i => i with { Lines = [.. Enumerable.Repeat(Some.Line(), 1000)] },
        i => i with { Allowances = default, Charges = default },
        i => i with { Note = "Takk for turen\nÆØÅ 🚚" },
    };

    [Theory]
    [MemberData(nameof(Fine), DisableDiscoveryEnumeration = true)]
    public void What_is_allowed_is_accepted(Func<InvoiceInput, InvoiceInput> change) =>
        Some.Invoice().When(Some.Create(change(Some.Input()))).Then<InvoiceCreated>();

    [Fact]
    public void The_edge_leaves_open_what_only_the_seller_says()
    {
        Assert.Empty(InvoiceRules.Check(Some.Input(Some.Line(vatRate: 0)), Some.Today));
        Assert.Empty(InvoiceRules.Check(Some.Input(Some.Line(vatRate: 0), Some.Line(vatRate: 0, category: VatCategory.O)), Some.Today));
        Assert.Empty(InvoiceRules.Check(Some.Input(Some.Line()), Some.Today));
    }

    [Fact]
    public void Arrays_left_out_are_empty()
    {
        var input = new InvoiceInput { Lines = default, Allowances = default(ImmutableArray<InvoiceAdjustment>) };
        Assert.True(input.Lines.IsEmpty && input.Allowances.IsEmpty && input.Charges.IsEmpty);
    }
}
