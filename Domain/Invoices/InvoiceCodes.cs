namespace Tms.Domain.Invoices;

/// <summary>Codes that the rules of invoices answer with. Never renamed.</summary>
public static class InvoiceCodes
{
    /// <summary>409: the invoice is no longer a draft; what is sent is frozen.</summary>
    public const string InvoiceNotDraft = "invoice_not_draft";

    /// <summary>409: payments are noted and reversed on sent invoices only.</summary>
    public const string InvoiceNotPayable = "invoice_not_payable";

    /// <summary>409: an invoice whose total is below zero is never sent.</summary>
    public const string NegativeTotal = "negative_total";

    /// <summary>409: the payment is larger than what is outstanding.</summary>
    public const string PaymentExceedsOutstanding = "payment_exceeds_outstanding";

    /// <summary>409: the payment was reversed before.</summary>
    public const string PaymentAlreadyReversed = "payment_already_reversed";

    /// <summary>422: no customer has this id.</summary>
    public const string UnknownCustomer = "unknown_customer";

    /// <summary>422: customerId and customer are given both.</summary>
    public const string CustomerAmbiguous = "customer_ambiguous";

    /// <summary>422: a date later than today in Oslo.</summary>
    public const string DateInFuture = "date_in_future";

    /// <summary>422: the due date is before the issue date.</summary>
    public const string DueBeforeIssue = "due_before_issue";

    /// <summary>422: dueDate and paymentTermsDays are given both.</summary>
    public const string DueDateAmbiguous = "due_date_ambiguous";

    /// <summary>422: a currency other than NOK.</summary>
    public const string UnsupportedCurrency = "unsupported_currency";

    /// <summary>422: more lines, allowances or charges than an invoice may have.</summary>
    public const string TooMany = "too_many";

    /// <summary>422: a line or total above ten billion kroner.</summary>
    public const string AmountTooLarge = "amount_too_large";

    /// <summary>422: a VAT rate that Norway does not have.</summary>
    public const string UnknownVatRate = "unknown_vat_rate";

    /// <summary>422: a seller that is not VAT registered charges no VAT.</summary>
    public const string SellerNotVatRegistered = "seller_not_vat_registered";

    /// <summary>422: a rate of 0 needs the category that says why.</summary>
    public const string VatCategoryRequired = "vat_category_required";

    /// <summary>422: a VAT category that does not exist.</summary>
    public const string UnknownVatCategory = "unknown_vat_category";

    /// <summary>422: category S goes with a rate above 0, all others with 0.</summary>
    public const string VatCategoryMismatch = "vat_category_mismatch";

    /// <summary>422: category O goes with no other on one invoice.</summary>
    public const string VatCategoryMixed = "vat_category_mixed";
}
