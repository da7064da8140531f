using Tms.Domain.Invoices;
using Tms.Domain.Tests.Shared;
using Xunit;

namespace Tms.Domain.Tests.Invoices;

public sealed class InvoiceDraftTests
{
    [Fact]
    public void A_draft_has_its_lines_priced()
    {
        var created = Some.Invoice().When(Some.Create(Some.Input(Some.Line(100, 2)))).Then<InvoiceCreated>();
        Assert.Equal(200m, created.Input.Lines[0].Net);
        Assert.Equal(VatCategory.S, created.Input.Lines[0].VatCategory);
        Assert.Equal(250m, created.Totals.Payable);
        Assert.Equal(InvoiceStatus.Draft, created.Summary.Status);
    }

    [Fact]
    public void Making_the_same_draft_again_changes_nothing() => Some.Draft().When(Some.Create()).ThenNothing();

    [Fact]
    public void Another_draft_under_the_same_id_is_refused() =>
        Some.Draft().When(Some.Create(Some.Input(Some.Line(7)))).ThenRefused("already_exists");

    [Fact]
    public void A_command_for_an_invoice_that_does_not_exist_is_not_found()
    {
        InvoiceCommand[] commands = [
            Some.Update(), Some.Send(), Some.Pay(), new CancelInvoice("x"), new MarkOverdue(Some.Today),
            new ReversePayment(Some.PaymentId(), "x")];
        foreach (var command in commands) Some.Invoice().When(command).ThenRefused("not_found");
    }

    [Fact]
    public void What_v1_has_no_words_for_stays_in_a_draft_that_v1_replaces()
    {
        var spec = Some.Invoice().Given(Some.Create(Full));
        var (before, said) = (spec.State.Input, InWordsOfV1(spec.State.Input));
        spec.When(new UpdateInvoice(said) { IsInWordsOfV1 = true }).ThenNothing();

        var noted = spec.When(new UpdateInvoice(said with { Note = "Takk for turen" }) { IsInWordsOfV1 = true }).Then<InvoiceUpdated>();
        Assert.True(noted.Input.SaysTheSameAs(before with { Note = "Takk for turen" }));
    }

    [Fact]
    public void Another_customer_or_line_takes_nothing_over_from_the_one_before()
    {
        var spec = Some.Invoice().Given(Some.Create(Full));
        var said = InWordsOfV1(spec.State.Input);
        var (other, first) = (new CustomerSnapshot { Name = "En annen AS" }, said.Lines[0] with { Description = "Noe annet" });
        var updated = spec.When(new UpdateInvoice(said with { Customer = other, Lines = [first, said.Lines[1]] }) { IsInWordsOfV1 = true })
            .Then<InvoiceUpdated>();
        Assert.Null(updated.Input.Customer!.Address);
        Assert.Equal(
            (null, 1m, "HUR"), (updated.Input.Lines[0].Unit, updated.Input.Lines[0].PriceBaseQuantity, updated.Input.Lines[1].Unit));
    }

    private static InvoiceInput Full => Some.Input(
        Some.Line(100, 2) with { Unit = "KMT", PriceBaseQuantity = 10, Allowance = 1, Charge = 2 },
        Some.Line(50, vatRate: 0, category: VatCategory.E) with { Unit = "HUR" }) with
    {
        Customer = Some.InlineCustomer(),
        PaymentTermsDays = 30,
        DeliveryDate = Some.Today,
        DeliveryPlace = "Tromsø",
        Allowances = [new("Avtale", 5, 25)],
        Charges = [new("Bom", 7, 25)],
        Prepaid = 3,
    };

    private static InvoiceInput InWordsOfV1(InvoiceInput input) => new()
    {
        Customer = new CustomerSnapshot
        {
            Name = input.Customer!.Name,
            OrganisationNumber = input.Customer.OrganisationNumber,
            Email = input.Customer.Email,
        },
        IssueDate = input.IssueDate,
        DueDate = input.DueDate,
        Reference = input.Reference,
        Note = input.Note,
        Lines =
        [
            .. input.Lines.Select(line => new InvoiceLine
            {
                Description = line.Description,
                Quantity = line.Quantity,
                UnitPrice = line.UnitPrice,
                VatRate = line.VatRate,
                DiscountPercent = line.DiscountPercent,
                VatCategory = line.VatRate == 0 ? VatCategory.Z : null,
            }),
        ],
    };

    [Fact]
    public void A_registered_customer_is_copied_onto_the_draft()
    {
        var created = Some.Invoice().When(Some.CreateById()).Then<InvoiceCreated>();
        Assert.Equal(Some.KnownCustomer(), created.Input.Customer);
        Assert.Equal(new InvoiceCustomer(Some.CustomerId, "Fjord Bygg AS"), created.Summary.Customer);
    }

    [Fact]
    public void An_unknown_customer_is_refused() =>
        Some.Invoice().When(new CreateInvoice(Some.InputById())).ThenRefused("unknown_customer", "/customerId");

    [Fact]
    public void A_snapshot_of_another_customer_counts_as_unknown() =>
        Some.Invoice().When(new CreateInvoice(Some.InputById(), Some.KnownCustomer() with { Id = Guid.Empty }))
            .ThenRefused("unknown_customer", "/customerId");

    [Fact]
    public void An_archived_customer_gets_no_new_invoice() =>
        Some.Invoice().When(new CreateInvoice(Some.InputById(), Some.KnownCustomer() with { IsArchived = true }))
            .ThenRefused("customer_archived", "/customerId");

    [Fact]
    public void A_draft_keeps_a_customer_that_was_archived_since() =>
        Some.Invoice().Given(Some.CreateById())
            .When(new UpdateInvoice(Some.InputById(Some.Line(7)), Some.KnownCustomer() with { IsArchived = true }))
            .Then<InvoiceUpdated>();

    [Fact]
    public void A_draft_does_not_move_to_an_archived_customer() =>
        Some.Draft()
            .When(new UpdateInvoice(Some.InputById(), Some.KnownCustomer() with { IsArchived = true }))
            .ThenRefused("customer_archived", "/customerId");

    [Fact]
    public void Neither_customer_nor_id_is_refused() =>
        Some.Invoice().When(Some.Create(Some.Input() with { Customer = null })).ThenRefused("required", "/customer");

    [Fact]
    public void Both_customer_and_id_are_refused() =>
        Some.Invoice().When(Some.CreateById(Some.InputById() with { Customer = Some.InlineCustomer() }))
            .ThenRefused("customer_ambiguous", "/customer");

    [Fact]
    public void The_view_of_a_registered_customer_may_come_back_beside_its_id() =>
        Some.Invoice().Given(Some.CreateById())
            .When(new UpdateInvoice(Some.InputById() with { Customer = Some.KnownCustomer() }, Some.KnownCustomer()))
            .ThenNothing();

    [Fact]
    public void A_written_customer_has_no_id_and_no_number()
    {
        var input = Some.Input() with { Customer = Some.InlineCustomer() with { Id = Guid.NewGuid(), Number = 4, IsArchived = true } };
        Assert.Equal(Some.InlineCustomer(), Some.Invoice().When(Some.Create(input)).Then<InvoiceCreated>().Input.Customer);
    }

    [Fact]
    public void An_update_replaces_everything()
    {
        var spec = Some.Draft();
        spec.When(Some.Update(Some.Input(Some.Line(10), Some.Line(20)) with { Note = "hei" })).Then<InvoiceUpdated>();
        spec.When(Some.Update(Some.Input(Some.Line(5)))).Then<InvoiceUpdated>();
        Assert.Null(spec.State.Input.Note);
        Assert.Equal(5m, spec.State.Totals.Net);
    }

    [Fact]
    public void An_update_that_says_the_same_changes_nothing() => Some.Draft().When(Some.Update()).ThenNothing();

    public static readonly TheoryData<Func<InvoiceInput, InvoiceInput>> Changes = new()
    {
        i => i with { Lines = [Some.Line(), Some.Line(2)] },
        i => i with { Lines = [Some.Line(2), Some.Line()] },
        i => i with { Lines = [Some.Line()] },
        i => i with { Allowances = [new InvoiceAdjustment("a", 2, 25)] },
        i => i with { Charges = [new InvoiceAdjustment("c", 2, 25)] },
        i => i with { Customer = Some.InlineCustomer() with { Name = "Ola" } },
        i => i with { PaymentTermsDays = 3 },
        i => i with { Note = "ny" },
        i => i with { Prepaid = 1 },
    };

    [Theory]
    [MemberData(nameof(Changes), DisableDiscoveryEnumeration = true)]
    public void Every_change_of_the_content_is_an_update(Func<InvoiceInput, InvoiceInput> change)
    {
        var input = Some.Input(Some.Line(1), Some.Line()) with
        {
            Allowances = [new InvoiceAdjustment("a", 1, 25)],
            Charges = [new InvoiceAdjustment("c", 1, 25)],
        };
        Some.Invoice().Given(Some.Create(input)).When(Some.Update(change(input))).Then<InvoiceUpdated>();
    }

    [Fact]
    public void The_value_decides_not_the_digits() =>
        Some.Draft(Some.Line(100.00m, 1.0000m, 25.0m)).When(Some.Update(Some.Input(Some.Line(100m, 1m, 25m)))).ThenNothing();

    [Fact]
    public void A_sent_invoice_cannot_be_changed() =>
        Some.Sent().When(Some.Update(Some.Input(Some.Line(7)))).ThenRefused("invoice_not_draft");

    [Fact]
    public void A_cancelled_draft_cannot_be_changed() =>
        Some.Draft().Given(new CancelInvoice("feil")).When(Some.Update(Some.Input(Some.Line(7)))).ThenRefused("invoice_not_draft");

    [Fact]
    public void A_draft_can_be_cancelled()
    {
        var spec = Some.Draft();
        Assert.Equal("feil", spec.When(new CancelInvoice("feil")).Then<InvoiceCancelled>().Reason);
        Assert.Equal(InvoiceStatus.Cancelled, spec.State.Status);
        Assert.Equal(0m, spec.State.Outstanding);
    }

    [Fact]
    public void A_cancelled_draft_cannot_be_cancelled_again() =>
        Some.Draft().Given(new CancelInvoice("feil")).When(new CancelInvoice("igjen")).ThenRefused("invoice_not_draft");

    [Fact]
    public void A_cancellation_has_a_reason() => Some.Draft().When(new CancelInvoice(" ")).ThenRefused("required", "/reason");

    [Fact]
    public void A_sent_invoice_cannot_be_cancelled() => Some.Sent().When(new CancelInvoice("feil")).ThenRefused("invoice_not_draft");

    [Fact]
    public void A_seller_outside_VAT_gets_category_O_whatever_was_said()
    {
        var command =
            Some.Create(Some.Input(Some.Line(100, 1, 0), Some.Line(50, 1, 0, VatCategory.E))) with { SellerVatRegistered = false };
        var created = Some.Invoice().When(command).Then<InvoiceCreated>();
        Assert.All(created.Input.Lines, line => Assert.Equal(VatCategory.O, line.VatCategory));
        Assert.Equal(new VatTotal(VatCategory.O, 0, 150, 0), Assert.Single(created.Totals.Vat));
    }

    [Fact]
    public void A_seller_outside_VAT_charges_none() =>
        Some.Invoice().When(Some.Create() with { SellerVatRegistered = false })
            .ThenRefused("seller_not_vat_registered", "/lines/0/vatRate");

    [Fact]
    public void The_state_knows_when_it_was_made_and_changed()
    {
        var spec = Some.Draft();
        spec.At(Some.Now.AddHours(1)).When(Some.Update(Some.Input(Some.Line(7))));
        Assert.Equal((Some.Now, Some.Now.AddHours(1), 2), (spec.State.CreatedAt, spec.State.UpdatedAt, spec.State.Version));
    }
}
