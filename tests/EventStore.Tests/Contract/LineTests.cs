using Microsoft.Extensions.Time.Testing;
using Tms.EventStore.Tests.Stores;

namespace Tms.EventStore.Tests.Contract;

/// <summary>Entries whose repetition is an error, and whose rows are checked.</summary>
public abstract class LineTests<TStore>(TStore fixture) : StoreTests<TStore>(fixture)
    where TStore : class, IStoreFixture
{
    private static readonly StoreSetup Ledger = new() { Projections = [], Entries = [new LineEntries()] };
    private static readonly StoreSetup Older = new() { Projections = [], Entries = [new WordEntries()] };
    private readonly TenantId _tenant = Some.Tenant();

    [Fact]
    public async Task Lines_that_come_to_nothing_are_written()
    {
        await using var ledger = await Fixture.SecondProcess(Ledger);
        await ledger.Appended(Voucher("a+5 b-5"));
        await ledger.HasRows(_tenant, Ledger);
        Assert.Equal(["a", "b"], await Lines(ledger));
    }

    [Fact]
    public async Task Lines_that_do_not_balance_refuse_their_unit_alone()
    {
        await using var ledger = await Fixture.SecondProcess(Ledger);
        var fine = Enumerable.Range(0, 8).Select(n => Voucher($"{(char)('c' + n)}+0")).ToArray();
        var refused = Assert.ThrowsAsync<UnitRejectedException>(() => ledger.Append(Voucher("a+5 b-4")));
        await ledger.AppendAll(fine);
        Assert.Contains("test_lines: debit and credit differ by 1", (await refused).Message, StringComparison.Ordinal);
        Assert.Equal(fine.Length, (await Lines(ledger)).Count);
        await ledger.HasRows(_tenant, Ledger);
    }

    [Theory]
    [InlineData("a+5 b-5")]
    [InlineData("c+0 c+0")]
    [InlineData("b+7 c-7")]
    public async Task A_line_that_is_there_refuses_its_unit_alone(string repetition)
    {
        await using var ledger = await Fixture.SecondProcess(Ledger);
        await ledger.Appended(Voucher("a+5 b-5"));
        var refused = Assert.ThrowsAsync<UnitRejectedException>(() => ledger.Append(Voucher(repetition)));
        await ledger.AppendAll([Voucher("x+0"), Voucher("y+0")]);
        await refused;
        Assert.Equal(["a", "b", "x", "y"], await Lines(ledger));
        await ledger.HasRows(_tenant, Ledger);
    }

    [Fact]
    public async Task A_rebuild_goes_on_past_a_company_whose_lines_are_refused_and_says_so()
    {
        await using var ledger = await Fixture.SecondProcess(Ledger);
        await using var older = await Fixture.SecondProcess(Older);
        var later = Some.Tenant();
        await ledger.Appended(Voucher("a+5 b-5"));
        await older.Appended(Voucher("a+1 c-1"));
        await ledger.Appended(Some.Unit(later, Some.Stream(LineEntries.Stream), 0, Some.Event(Some.Bytes("a+1 d-1"))));
        await ledger.Database.Execute("delete from test_lines where tenant = @tenant", Cancel, ("tenant", later.Value));
        Assert.NotNull(await Xunit.Record.ExceptionAsync(() => ledger.ReadModels.Rebuild(null, Cancel)));
        await ledger.HasRows(later, Ledger);
        Assert.Equal(["a", "b"], await Lines(ledger));
    }

    [Fact]
    public async Task Lines_of_a_gap_are_added_once()
    {
        await using var ledger = await Fixture.SecondProcess(Ledger);
        await using var older = await Fixture.SecondProcess(Older);
        await ledger.Appended(Voucher("a+5 b-5"));
        await older.Appended(Voucher("c+1 d-1"));
        await ledger.Appended(Voucher("e+1 f-1"));
        await ledger.HasRows(_tenant, Ledger);
    }

    [Theory]
    [InlineData("a+1 c-1")]
    [InlineData("c+2 d-1")]
    public async Task A_gap_whose_lines_are_refused_keeps_nobody_from_working(string recorded)
    {
        await using var ledger = await Fixture.SecondProcess(Ledger);
        await using var older = await Fixture.SecondProcess(Older);
        await ledger.Appended(Voucher("a+5 b-5"));
        await older.Appended(Voucher(recorded));
        await ledger.Appended(Voucher("e+1 f-1"));
        await ledger.Appended(Voucher("g+1 h-1"));
        Assert.Equal(["a", "b"], await Lines(ledger));
        Assert.Equal("", await ledger.Covered(_tenant));
        Assert.True((await ledger.ReadModels.Behind(Cancel)).ContainsKey("test_lines"));
    }

    [Fact]
    public async Task A_gap_that_takes_too_long_to_fold_keeps_nobody_waiting()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(60));
        await using var slow = await Fixture.SecondProcess(Ledger with { Time = time, Entries = [new SlowLines(time)] });
        await using var older = await Fixture.SecondProcess(Older);
        await older.Appended(Voucher("a+5 b-5"));
        await older.Appended(Voucher("c+1 d-1"));
        await slow.Appended(Voucher("e+1 f-1"));
        Assert.Empty(await Lines(slow));
        Assert.Equal("", await slow.Covered(_tenant));
    }

    private AppendUnit Voucher(string text) => Some.Unit(_tenant, Some.Stream(LineEntries.Stream), 0, Some.Event(Some.Bytes(text)));

    private async Task<IReadOnlyList<string>> Lines(StoreUnderTest store) =>
        [.. (await store.Rows(new LineEntries().Table, _tenant)).Select(row => (string)row[1]!).Order(StringComparer.Ordinal)];
}
