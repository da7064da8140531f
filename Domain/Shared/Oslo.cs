namespace Tms.Domain.Shared;

/// <summary>Calendar questions (issue date, due, overdue, payroll month) are asked in Europe/Oslo.</summary>
public static class Oslo
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Oslo");

    /// <summary>The date in Oslo at a moment.</summary>
    public static DateOnly DateOf(DateTimeOffset moment) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, Zone).DateTime);

    /// <summary>The moment at which a date begins in Oslo, UTC.</summary>
    public static DateTimeOffset StartOf(DateOnly date) => TimeZoneInfo.ConvertTimeToUtc(date.ToDateTime(TimeOnly.MinValue), Zone);

    /// <summary>The first moment after another at which a date begins in Oslo, UTC: 23, 24 or 25 hours after the one before.</summary>
    public static DateTimeOffset NextMidnight(DateTimeOffset after) => StartOf(DateOf(after).AddDays(1));
}
