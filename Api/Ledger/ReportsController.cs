using Asp.Versioning;
using Microsoft.AspNetCore.Mvc;
using Tms.Api.Http;
using Tms.Api.Security;
using Tms.Api.Tenancy;
using Tms.Domain.Ledger;
using Tms.Domain.Shared;
using Tms.Domain.Users;
using Tms.ReadModels.Ledger;

namespace Tms.Api.Ledger;

/// <summary>Reports from the books.</summary>
[ApiController, ApiVersion(2.0), Route("api/economy/reports"), Requires(Permission.EconomyRun)]
public sealed class ReportsController(AccountBalances balances, TimeProvider time) : ControllerBase
{
    private static ChartOfAccounts Chart => ChartOfAccounts.Standard;

    /// <summary>Income statement (resultatregnskap) of a period.</summary>
    [HttpGet("income")]
    [ProducesResponseType<IncomeView>(StatusCodes.Status200OK)]
    public Task<ActionResult> Income([FromQuery] PeriodQuery query, CancellationToken cancel) => Of(
        query, (period, asOf, movements) => IncomeView.Of(period, asOf, IncomeStatement.Of(movements, Chart)), cancel);

    /// <summary>Trial balance (saldobalanse) of a period.</summary>
    [HttpGet("trial-balance")]
    [ProducesResponseType<TrialBalanceView>(StatusCodes.Status200OK)]
    public Task<ActionResult> TrialBalance([FromQuery] PeriodQuery query, CancellationToken cancel) => Of(
        query, (period, asOf, movements) => TrialBalanceView.Of(period, asOf, movements, Chart), cancel);

    /// <summary>Balance (balanse) at the end of a day.</summary>
    [HttpGet("balance")]
    [ProducesResponseType<BalanceView>(StatusCodes.Status200OK)]
    public Task<ActionResult> Balance([FromQuery] BalanceQuery query, CancellationToken cancel)
    {
        var day = query.Date ?? Oslo.DateOf(time.GetUtcNow());
        return Of(
            new PeriodQuery { From = day, To = day, AsOf = query.AsOf },
            (_, asOf, movements) => BalanceView.Of(day, asOf, BalanceSheet.Of(movements, Chart)), cancel);
    }

    private async Task<ActionResult> Of<TView>(
        PeriodQuery query, Func<(DateOnly From, DateOnly To), DateTimeOffset, IReadOnlyList<AccountMovement>, TView> view,
        CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (query.Days(now) is not { } period) return PeriodQuery.NoPeriod();
        var movements = await balances.Between(HttpContext.Tenant(), period.From, period.To, query.AsOf, cancel);
        return new JsonAnswer(view(period, query.AsOf ?? now, movements));
    }
}
