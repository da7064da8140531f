using Asp.Versioning;
using Microsoft.AspNetCore.Mvc;
using Tms.Api.Http;
using Tms.Api.Security;
using Tms.Api.Tenancy;
using Tms.Domain.Ledger;
using Tms.Domain.Users;
using Tms.ReadModels.Ledger;

namespace Tms.Api.Ledger;

/// <summary>The books: vouchers, entries and accounts.</summary>
[ApiController, ApiVersion(2.0), Route("api/economy"), Requires(Permission.EconomyRun)]
public sealed class LedgerController(ListDesk lists, VoucherList vouchers) : ControllerBase
{
    /// <summary>Lists the entries of the ledger.</summary>
    [HttpGet("ledger")]
    [ProducesResponseType<Page<LedgerEntryView>>(StatusCodes.Status200OK)]
    public Task<ActionResult> Entries([FromQuery] VoucherQuery query, CancellationToken cancel) =>
        List("ledger", query, LedgerEntryView.Of, cancel);

    /// <summary>Lists vouchers.</summary>
    [HttpGet("vouchers")]
    [ProducesResponseType<Page<VoucherView>>(StatusCodes.Status200OK)]
    public Task<ActionResult> Vouchers([FromQuery] VoucherQuery query, CancellationToken cancel) =>
        List("vouchers", query, VoucherView.Of, cancel);

    /// <summary>One voucher.</summary>
    [HttpGet("vouchers/{id:guid}")]
    [ProducesResponseType<VoucherView>(StatusCodes.Status200OK)]
    public async Task<ActionResult> Voucher(Guid id, CancellationToken cancel) =>
        await vouchers.Find(HttpContext.Tenant(), id, cancel) is { } row ? new JsonAnswer(VoucherView.Of(row)) : Answers.NotFound();

    /// <summary>Lists the accounts of the company, by number.</summary>
    [HttpGet("accounts")]
    [ProducesResponseType<Page<AccountView>>(StatusCodes.Status200OK)]
    public ActionResult Accounts() => new JsonAnswer(new Page<AccountView>([.. ChartOfAccounts.Standard.All.Select(AccountView.Of)], null));

    private async Task<ActionResult> List<TView>(string name, VoucherQuery query, Func<VoucherRow, TView> view, CancellationToken cancel)
    {
        if (VoucherQuery.Orders.Read(query.Sort) is not var (by, descending)) return VoucherQuery.Orders.Unknown();
        var (tenant, filter) = (HttpContext.Tenant(), query.ToFilter());
        return await lists.Answer(
            HttpContext, (name, $"{by}|{descending}|{filter}"), query, page => vouchers.Find(tenant, filter, by, descending, page, cancel),
            () => vouchers.Count(tenant, filter, cancel), view);
    }
}
