using System.ComponentModel.DataAnnotations;
using Tms.Api.Http;
using Tms.Domain.Invoices;
using Tms.ReadModels.Invoices;

namespace Tms.Api.Invoices;

/// <summary>What part of the list of invoices is asked for.</summary>
public sealed record InvoiceQuery : PageQuery
{
    internal static readonly SortOrders<InvoiceSort> Orders = new(
        "-createdAt",
        ("number", InvoiceSort.Number),
        ("issueDate", InvoiceSort.IssueDate),
        ("dueDate", InvoiceSort.DueDate),
        ("total", InvoiceSort.Total),
        ("createdAt", InvoiceSort.CreatedAt));

    /// <summary>Exactly this status.</summary>
    public InvoiceStatus? Status { get; init; }

    /// <summary>Overdue ones, or those that are not.</summary>
    public bool? Overdue { get; init; }

    /// <summary>Of one registered customer.</summary>
    public Guid? CustomerId { get; init; }

    /// <summary>Issued on this date or later.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Issued on this date or earlier.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Due on this date or later.</summary>
    public DateOnly? DueFrom { get; init; }

    /// <summary>Due on this date or earlier.</summary>
    public DateOnly? DueTo { get; init; }

    /// <summary>With VAT at least this.</summary>
    public decimal? MinAmount { get; init; }

    /// <summary>With VAT at most this.</summary>
    public decimal? MaxAmount { get; init; }

    /// <summary>Number, KID or customer's name begins with this.</summary>
    [StringLength(200, MinimumLength = 1)]
    public string? Q { get; init; }

    /// <summary>number, issueDate, dueDate, total or createdAt; with a minus: the other way round. Default: -createdAt.</summary>
    public string? Sort { get; init; }

    internal InvoiceFilter ToFilter() => new()
    {
        Status = Status,
        Overdue = Overdue,
        CustomerId = CustomerId,
        From = From,
        To = To,
        DueFrom = DueFrom,
        DueTo = DueTo,
        MinAmount = MinAmount,
        MaxAmount = MaxAmount,
        Search = Q,
    };
}
