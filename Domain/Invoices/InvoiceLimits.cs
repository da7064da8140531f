using Tms.Domain.Shared;

namespace Tms.Domain.Invoices;

/// <summary>Bounds of what an invoice may say. They keep every sum inside a decimal.</summary>
public static class InvoiceLimits
{
    /// <summary>Most lines; most allowances and most charges on the whole invoice.</summary>
    public const int Lines = 1000, Adjustments = 100;

    /// <summary>Longest texts, in characters.</summary>
    public const int Description = 500, Unit = 20, Reference = 100, Note = 2000, DeliveryPlace = 200, Reason = 500;

    /// <summary>Largest quantity, absolute, and price base quantity.</summary>
    public const decimal Quantity = 999_999_999.9999m;

    /// <summary>Largest unit price.</summary>
    public const decimal UnitPrice = Money.Max;

    /// <summary>Smallest price base quantity.</summary>
    public const decimal MinBaseQuantity = 0.0001m;

    /// <summary>Longest payment terms, and those of an invoice where neither it nor its customer says.</summary>
    public const int PaymentTermsDays = 365, DefaultPaymentTermsDays = 14;
}
