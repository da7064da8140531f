using System.ComponentModel.DataAnnotations;
using Tms.Api.Http;
using Tms.Domain.Ledger;
using Tms.ReadModels.Ledger;

namespace Tms.Api.Ledger;

/// <summary>What part of the books is asked for.</summary>
public sealed record VoucherQuery : PageQuery
{
    internal static readonly SortOrders<VoucherSort> Orders = new(
        "-createdAt", ("createdAt", VoucherSort.CreatedAt), ("date", VoucherSort.Date), ("number", VoucherSort.Number));

    /// <summary>Dated on this day or later.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Dated on this day or earlier.</summary>
    public DateOnly? To { get; init; }

    /// <summary>With a line on this account.</summary>
    [Range(1000, 9999)]
    public int? Account { get; init; }

    /// <summary>Of this kind.</summary>
    public VoucherKind? Kind { get; init; }

    /// <summary>Of the events of this aggregate, e.g. of an invoice.</summary>
    public Guid? SubjectId { get; init; }

    /// <summary>createdAt, date or number; with a minus: the other way round. Default: -createdAt.</summary>
    public string? Sort { get; init; }

    internal VoucherFilter ToFilter() => new(From, To, Account, Kind, SubjectId);
}
