using System.Data.Common;
using Tms.Domain.Ledger;
using Tms.EventStore;

namespace Tms.ReadModels.Ledger;

/// <summary>Balances and movements of accounts: from the sums of whole months, and from the lines of a month that is cut.</summary>
public sealed class AccountBalances(IDatabase database)
{
    private const string Lines =
        "select account, case when amount > 0 then amount else 0 end as debit, case when amount < 0 then -amount else 0 end as credit";

    /// <summary>All accounts that have lines up to a day, by number; one statement, so that all sums are of one moment.</summary>
    /// <param name="tenant">Whose books.</param>
    /// <param name="from">First day of the period.</param>
    /// <param name="to">Last day of the period.</param>
    /// <param name="asOf">Only what was booked at this moment or before; null: all.</param>
    /// <param name="cancel">Cancels the read.</param>
    public async Task<IReadOnlyList<AccountMovement>> Between(
        TenantId tenant, DateOnly from, DateOnly to, DateTimeOffset? asOf, CancellationToken cancel)
    {
        var sums = asOf is null ? $"{Upto("from")} union all {Upto("to")}" : $"{UptoThen("from")} union all {UptoThen("to")}";
        return await database.Query(
            $"""
            select account, cast(sum(case when part = 'from' then debit - credit else 0 end) as bigint),
              cast(sum(case when part = 'to' then debit else -debit end) as bigint),
              cast(sum(case when part = 'to' then credit else -credit end) as bigint)
            from ({sums}) sums group by account order by account
            """,
            Movement, cancel,
            [
                ("tenant", tenant.Value), .. End("from", from), .. End("to", to.AddDays(1)),
                .. asOf is { } then ? [("then", (object?)Micros.Of(then))] : Array.Empty<(string, object?)>(),
            ]);
    }

    // Before a day: the sums of the months before its month, and the lines from the first of its month on.
    private static string Upto(string part) =>
        $"""
        select '{part}' as part, account, debit, credit from account_months where tenant = @tenant and month < @{part}Month
        union all select '{part}' as part, account, debit, credit from ({Lines} from ledger_lines
          where tenant = @tenant and date >= @{part}First and date < @{part}Day) cut
        """;

    private static string UptoThen(string part) =>
        $"""
        select '{part}' as part, account, debit, credit from ({Lines} from ledger_lines where tenant = @tenant and date < @{part}Day
          and created_seq <= (select coalesce(max(created_seq), 0) from vouchers where tenant = @tenant and created_us <= @then)) past
        """;

    private static (string, object?)[] End(string part, DateOnly day) =>
        [($"{part}Month", Books.MonthOf(day)), ($"{part}First", day.AddDays(1 - day.Day)), ($"{part}Day", day)];

    private static AccountMovement Movement(DbDataReader r) => new(r.GetInt32(0), r.GetInt64(1), r.GetInt64(2), r.GetInt64(3));
}
