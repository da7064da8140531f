using System.Data.Common;
using Tms.Domain.Ledger;
using Tms.EventStore;
using Tms.ReadModels.Hosting;

namespace Tms.ReadModels.Ledger;

/// <summary>Lists of vouchers with their lines.</summary>
public sealed class VoucherList(IDatabase database)
{
    private const string Columns = "id, created_seq, number, kind, date, text, stream_id, created_us";

    private const string HasAccount =
        "created_seq in (select l.created_seq from ledger_lines l where l.tenant = @tenant and l.account = @account)";

    /// <summary>One page of a company's vouchers.</summary>
    public async Task<Page<VoucherRow>> Find(
        TenantId tenant, VoucherFilter filter, VoucherSort by, bool descending, PageRequest page, CancellationToken cancel)
    {
        var found = await Filtered(tenant, filter)
            .Find(database, OrderOf(by, descending), page, Row, row => new Keyset(ValueOf(by, row), row.CreatedSequence), cancel);
        var lines = await Lines(tenant, [.. found.Items.Select(row => row.CreatedSequence)], cancel);
        return found with { Items = [.. found.Items.Select(row => row with { Lines = [.. lines[row.CreatedSequence]] })] };
    }

    /// <summary>How many vouchers a filter lets through.</summary>
    public Task<long> Count(TenantId tenant, VoucherFilter filter, CancellationToken cancel) =>
        Filtered(tenant, filter).Count(database, cancel);

    /// <summary>The voucher of an event; null if the company has no such voucher.</summary>
    public async Task<VoucherRow?> Find(TenantId tenant, Guid id, CancellationToken cancel)
    {
        var found = await database.Query(
            $"select {Columns} from vouchers where tenant = @tenant and id = @id", Row, cancel, ("tenant", tenant.Value), ("id", id));
        return found is [var row]
            ? row with { Lines = [.. (await Lines(tenant, [row.CreatedSequence], cancel))[row.CreatedSequence]] }
            : null;
    }

    private static ListQuery Filtered(TenantId tenant, VoucherFilter filter) => new ListQuery("vouchers", Columns, tenant)
        .Where("date >= @from", "from", filter.From)
        .Where("date <= @to", "to", filter.To)
        .Where("kind = @kind", "kind", (int?)filter.Kind)
        .Where("stream_id = @stream", "stream", filter.Stream)
        .Where(HasAccount, "account", filter.Account);

    private async Task<ILookup<long, VoucherLine>> Lines(TenantId tenant, long[] sequences, CancellationToken cancel)
    {
        if (sequences.Length == 0) return Array.Empty<long>().ToLookup(s => s, _ => default(VoucherLine));
        var names = sequences.Select((_, i) => $"@s{i}");
        var rows = await database.Query(
            $"""
            select created_seq, account, amount, vat_code, vat, party from ledger_lines
            where tenant = @tenant and created_seq in ({string.Join(", ", names)}) order by created_seq, line
            """,
            r => (Sequence: r.GetInt64(0), Line: Line(r)), cancel,
            [("tenant", tenant.Value), .. sequences.Select((sequence, i) => ($"s{i}", (object?)sequence))]);
        return rows.ToLookup(row => row.Sequence, row => row.Line);
    }

    private static VoucherLine Line(DbDataReader r) => new(
        r.GetInt32(1), r.GetInt64(2), r.IsDBNull(3) ? null : r.GetString(3), r.GetInt64(4), r.IsDBNull(5) ? null : r.GetGuid(5));

    private static ListOrder OrderOf(VoucherSort by, bool descending) => by switch
    {
        VoucherSort.Number => new("number", descending, IsUnique: true),
        VoucherSort.Date => new("date", descending),
        _ => new(null, descending),
    };

    private static long? ValueOf(VoucherSort by, VoucherRow row) => by switch
    {
        VoucherSort.Number => row.Number,
        VoucherSort.Date => row.Date.DayNumber,
        _ => null,
    };

    private static VoucherRow Row(DbDataReader r) => new(
        r.GetGuid(0), r.GetInt64(1), r.IsDBNull(2) ? null : r.GetInt64(2), (VoucherKind)r.GetInt32(3),
        DateOnly.FromDayNumber(r.GetInt32(4)),
        r.GetString(5), r.GetGuid(6), Micros.ToTime(r.GetInt64(7)), []);
}
