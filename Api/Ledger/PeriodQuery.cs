using Tms.Api.Http;
using Tms.Domain.Shared;

namespace Tms.Api.Ledger;

/// <summary>The period of a report.</summary>
public sealed record PeriodQuery
{
    /// <summary>First day; default: the first of January of the last day's year.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day; default: today in Oslo.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Only what was booked at this moment or before; default: all.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>The days; null where the last one is before the first.</summary>
    internal (DateOnly From, DateOnly To)? Days(DateTimeOffset now)
    {
        var to = To ?? Oslo.DateOf(now);
        var from = From ?? new DateOnly(to.Year, 1, 1);
        return from <= to && to < DateOnly.MaxValue ? (from, to) : null;
    }

    /// <summary>400: there is no such period.</summary>
    internal static Microsoft.AspNetCore.Mvc.ActionResult NoPeriod() =>
        Answers.Parameter("to", "a day that is not before from, and not the last one of the calendar");
}

/// <summary>The day of a balance.</summary>
public sealed record BalanceQuery
{
    /// <summary>The day at whose end it is drawn up; default: today in Oslo.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>Only what was booked at this moment or before; default: all.</summary>
    public DateTimeOffset? AsOf { get; init; }
}
