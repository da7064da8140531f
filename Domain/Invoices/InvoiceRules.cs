using Tms.Domain.Customers;
using Tms.Domain.Shared;

namespace Tms.Domain.Invoices;

/// <summary>
/// What an input must hold to be an invoice. Pure, and all faults at once: for the edge before a grain is called, and for the decider.
/// </summary>
public static class InvoiceRules
{
    /// <summary>All faults of what a command says, by itself; empty: none. What the state forbids is the decider's to say.</summary>
    public static IReadOnlyList<Refusal> Check(InvoiceCommand command, DateTimeOffset now) => command switch
    {
        CreateInvoice create => CheckCustomer(create.Input, create.Customer, mayBeArchived: false)
            .Concat(Check(create.Input, Oslo.DateOf(now), create.SellerVatRegistered)).ToArray(),
        UpdateInvoice update => CheckCustomer(update.Input, update.Customer, mayBeArchived: true)
            .Concat(Check(update.Input, Oslo.DateOf(now), update.SellerVatRegistered)).ToArray(),
        PayInvoice pay => CheckPayment(pay, Oslo.DateOf(now)),
        ReversePayment reverse => CheckReason(reverse.Reason),
        CancelInvoice cancel => CheckReason(cancel.Reason),
        SendInvoice or MarkOverdue => [],
        _ => throw Decider.Unknown(command),
    };

    /// <summary>All faults of an input; empty: none. Fields are JSON pointers, e.g. <c>/lines/3/unitPrice</c>.</summary>
    /// <param name="input">What somebody wrote.</param>
    /// <param name="today">The date in Oslo.</param>
    /// <param name="sellerVatRegistered">Null where it is not known: then what depends on it is left to the decider.</param>
    public static IReadOnlyList<Refusal> Check(InvoiceInput input, DateOnly today, bool? sellerVatRegistered = null)
    {
        var faults = CheckFields(input, today, sellerVatRegistered);
        return faults.Count > 0 ? faults : CheckSums(InvoicePricing.Price(input, sellerVatRegistered ?? true));
    }

    /// <summary>All faults of the fields, one by one. Without any, the sums can be made.</summary>
    internal static IReadOnlyList<Refusal> CheckFields(InvoiceInput input, DateOnly today, bool? sellerVatRegistered)
    {
        var faults = new Faults();
        Customer(faults, input);
        Dates(faults.In(""), input, today);
        Header(faults, input);
        InvoiceLineRules.Check(faults, input, sellerVatRegistered);
        return faults.Found;
    }

    /// <summary>Faults of sums that are too large to be kept.</summary>
    internal static IReadOnlyList<Refusal> CheckSums(PricedInvoice priced)
    {
        var faults = new Faults();
        faults.In("/lines");
        for (var i = 0; i < priced.Input.Lines.Length; i++)
        {
            if (!Fits(priced.Input.Lines[i].Net))
                faults.Add($"{i}", InvoiceCodes.AmountTooLarge, "The line comes to more than an invoice can hold.");
        }

        if (!Fits(priced.Totals)) faults.In("").Add("lines", InvoiceCodes.AmountTooLarge, "The invoice comes to more than it can hold.");
        return faults.Found;
    }

    /// <summary>The fault of a named customer that does not exist or is out of use.</summary>
    internal static IReadOnlyList<Refusal> CheckCustomer(InvoiceInput input, CustomerSnapshot? known, bool mayBeArchived)
    {
        if (input.CustomerId is not { } id) return [];
        if (known is null || known.Id != id)
            return [Refusal.Invalid("/customerId", InvoiceCodes.UnknownCustomer, "There is no customer with this id.")];
        return known.IsArchived && !mayBeArchived ? [ArchivedCustomer] : [];
    }

    /// <summary>The customer is out of use.</summary>
    internal static Refusal ArchivedCustomer { get; } =
        Refusal.Invalid("/customerId", CustomerCodes.CustomerArchived, "The customer is archived and gets no new invoices.");

    private static void Customer(Faults faults, InvoiceInput input)
    {
        if (input.CustomerId is null && input.Customer is null)
            faults.In("").Add("customer", RuleCodes.Required, "Give customerId or customer.");
        if (input.Customer is not { } customer) return;
        if (input.CustomerId is null) Customer(faults.In("/customer"), customer);
        else if (customer.Id != input.CustomerId)
            faults.In("").Add("customer", InvoiceCodes.CustomerAmbiguous, "Give customerId or customer, not both.");
    }

    private static void Customer(Faults faults, CustomerSnapshot customer)
    {
        faults.Required("name", customer.Name, PartyRules.MaxName);
        faults.OrganisationNumber(customer.OrganisationNumber);
        faults.Email(customer.Email);
        faults.Address("/customer/address", customer.Address);
    }

    private static void Dates(Faults faults, InvoiceInput input, DateOnly today)
    {
        faults.Unless(!(input.IssueDate > today), "issueDate", InvoiceCodes.DateInFuture, "An invoice is never dated later than today.");
        faults.Unless(!(input.DueDate < input.IssueDate), "dueDate", InvoiceCodes.DueBeforeIssue, "It cannot be due before it is issued.");
        faults.Unless(
            input.DueDate is null || input.PaymentTermsDays is null, "paymentTermsDays", InvoiceCodes.DueDateAmbiguous,
            "Give dueDate or paymentTermsDays, not both.");
        faults.Unless(
            input.PaymentTermsDays is not (< 0 or > InvoiceLimits.PaymentTermsDays),
            "paymentTermsDays", RuleCodes.OutOfRange, $"It must be from 0 to {InvoiceLimits.PaymentTermsDays} days.");
    }

    private static void Header(Faults faults, InvoiceInput input)
    {
        faults.Unless(
            input.Currency == "NOK", "currency", InvoiceCodes.UnsupportedCurrency, "Only NOK: another currency needs an exchange rate.");
        faults.Optional("reference", input.Reference, InvoiceLimits.Reference);
        faults.Optional("note", input.Note, InvoiceLimits.Note);
        faults.Optional("deliveryPlace", input.DeliveryPlace, InvoiceLimits.DeliveryPlace);
        faults.Amount("prepaid", input.Prepaid);
        faults.Number("payableRounding", input.PayableRounding, -1, 1, 2);
    }

    private static IReadOnlyList<Refusal> CheckPayment(PayInvoice pay, DateOnly today)
    {
        var faults = new Faults();
        if (pay.Amount is { } amount) faults.Number("amount", amount, 0.01m, Money.Max, 2);
        faults.Unless(!(pay.Date > today), "date", InvoiceCodes.DateInFuture, "A payment is never dated later than today.");
        faults.Optional("reference", pay.Reference, InvoiceLimits.Reference);
        return faults.Found;
    }

    private static IReadOnlyList<Refusal> CheckReason(string? reason)
    {
        var faults = new Faults();
        faults.Required("reason", reason, InvoiceLimits.Reason);
        return faults.Found;
    }

    private static bool Fits(decimal amount) => Math.Abs(amount) <= Money.Max;

    private static bool Fits(InvoiceTotals totals)
    {
        foreach (var group in totals.Vat)
        {
            if (!Fits(group.Base) || !Fits(group.Amount)) return false;
        }

        return Fits(totals.Net) && Fits(totals.VatAmount) && Fits(totals.Gross) && Fits(totals.Payable);
    }
}
