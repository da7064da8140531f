using Tms.Domain.Shared;

namespace Tms.Domain.Invoices;

/// <summary>Decisions about drafts.</summary>
internal static class InvoiceDrafting
{
    /// <summary>Only a draft may be changed or given up.</summary>
    public static Refusal NotDraft { get; } =
        Refusal.State(
            InvoiceCodes.InvoiceNotDraft,
            "The invoice is no longer a draft: what is sent is frozen, and only a credit note changes what is owed.");

    public static Decision<InvoiceEvent> Create(Invoice state, CreateInvoice command, DateOnly today)
    {
        var (faults, priced) = Price(command.Input, command.Customer, command.SellerVatRegistered, today);
        if (faults.Count > 0) return Decision.Refuse<InvoiceEvent>(faults);
        if (priced!.Input.Customer!.IsArchived) return Decision.Refuse<InvoiceEvent>(InvoiceRules.ArchivedCustomer);
        var after = state.Saying(priced.Input, priced.Totals);
        return Decision.Of<InvoiceEvent>(new InvoiceCreated(InvoiceSummary.Of(after), priced.Input, priced.Totals));
    }

    public static Decision<InvoiceEvent> Update(Invoice state, UpdateInvoice command, DateOnly today)
    {
        if (state.Status != InvoiceStatus.Draft) return Decision.Refuse<InvoiceEvent>(NotDraft);
        var input = command.IsInWordsOfV1 ? command.Input.KeptFrom(state.Input) : command.Input;
        var (faults, priced) = Price(input, command.Customer, command.SellerVatRegistered, today);
        if (faults.Count > 0) return Decision.Refuse<InvoiceEvent>(faults);
        if (priced!.Input.SaysTheSameAs(state.Input)) return Decision.Nothing<InvoiceEvent>();
        if (TakesArchived(priced.Input, state.Input)) return Decision.Refuse<InvoiceEvent>(InvoiceRules.ArchivedCustomer);
        var after = state.Saying(priced.Input, priced.Totals);
        return Decision.Of<InvoiceEvent>(new InvoiceUpdated(InvoiceSummary.Of(after), priced.Input, priced.Totals));
    }

    public static Decision<InvoiceEvent> Cancel(Invoice state, CancelInvoice command, DateTimeOffset now)
    {
        if (InvoiceRules.Check(command, now) is [var fault, ..]) return Decision.Refuse<InvoiceEvent>(fault);
        return state.Status == InvoiceStatus.Draft
            ? Decision.Of<InvoiceEvent>(new InvoiceCancelled(InvoiceSummary.Of(state.GivenUp()), command.Reason))
            : Decision.Refuse<InvoiceEvent>(NotDraft);
    }

    /// <summary>An input checked and priced: all its faults, or the priced input.</summary>
    public static (IReadOnlyList<Refusal> Faults, PricedInvoice? Priced) Price(
        InvoiceInput input, CustomerSnapshot? known, bool sellerVatRegistered, DateOnly today)
    {
        var (customer, fields) =
            (InvoiceRules.CheckCustomer(input, known, mayBeArchived: true), InvoiceRules.CheckFields(input, today, sellerVatRegistered));
        if (customer.Count + fields.Count > 0) return ([.. customer, .. fields], null);
        var priced = InvoicePricing.Price(input.For(known), sellerVatRegistered);
        var sums = InvoiceRules.CheckSums(priced);
        return sums.Count > 0 ? (sums, null) : ([], priced);
    }

    /// <summary>Whether a command would make a draft that says what this invoice says.</summary>
    public static bool SaysTheSame(Invoice state, CreateInvoice command, DateOnly today) =>
        Price(command.Input, command.Customer, command.SellerVatRegistered, today).Priced is { } priced
            && priced.Input.SaysTheSameAs(state.Input);

    // A draft keeps the customer it has, archived since or not.
    private static bool TakesArchived(InvoiceInput next, InvoiceInput now) =>
        next.Customer!.IsArchived && next.CustomerId != now.CustomerId;
}
