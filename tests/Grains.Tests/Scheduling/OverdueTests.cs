using Tms.Domain.Invoices;
using Tms.Domain.Shared;
using Tms.EventStore;
using Tms.Grains.Abstractions.Invoices;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Tests.Aggregates;
using Tms.Testing;
using Xunit;

namespace Tms.Grains.Tests.Scheduling;

/// <summary>INVOICE_OVERDUE, over real stores; pages hold two invoices.</summary>
public abstract class OverdueTests(AggregateCluster cluster)
{
    private const string Job = "overdue-invoices";

    private static readonly DateOnly Today = Oslo.DateOf(TimeProvider.System.GetUtcNow());

    [Fact]
    public async Task At_midnight_in_oslo_what_fell_due_the_day_before_is_marked()
    {
        var due = Today.AddDays(30);
        var company = await cluster.Company().Registered();
        var invoice = await Sent(company, due);
        // A look under way while the clock is put forward counts its pause from both times, and that alarm never goes off: the clock
        // stands.
        await cluster.JobsLooked();
        cluster.JobTime.SetUtcNow(Midnight(due.AddDays(1)).AddMinutes(-30));
        await cluster.JobAlarms.Set(TimeSpan.FromMinutes(30)).Within(TestCompany.Limit);
        Assert.Equal(0, await Marks(company, invoice));

        cluster.JobTime.Advance(TimeSpan.FromMinutes(30));

        var last = await Last(company, invoice, 3).Within(TestCompany.Limit);
        Assert.Equal(("INVOICE_OVERDUE", Job), (last.Type, EventMetadata.Decode(last.Metadata.Span).Actor));
        Assert.True((await invoice.Get())!.IsOverdue);
    }

    [Fact]
    public async Task What_a_job_has_done_is_not_kept_in_memory()
    {
        var company = await cluster.Company().Registered();
        var invoice = await Sent(company, Today);
        await Run(Midnight(Today.AddDays(1)));
        Assert.Equal(1, await Marks(company, invoice));
        var loads = cluster.Reader.LoadsOf(TestCompany.IdOf(invoice));
        Assert.True((await invoice.Get())!.IsOverdue);
        Assert.Equal(loads + 1, cluster.Reader.LoadsOf(TestCompany.IdOf(invoice)));
    }

    [Fact]
    public async Task Only_what_is_owed_and_late_is_marked_in_every_company_and_once()
    {
        var (one, other) = (await cluster.Company().Registered(), await cluster.Company().Registered());
        IInvoiceGrain[] late = [await Sent(one, Today), await After(one, Today, new SendInvoice(), Some.Pay(25))];
        var others = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Sent(other, Today)));
        IInvoiceGrain[] untouched =
        [
            await Sent(one, Today.AddDays(1)), await After(one, Today, new SendInvoice(), Some.Pay()), await Draft(one, Today),
            await After(one, Today, new CancelInvoice("made twice")),
        ];
        var before = await Versions(one, untouched);

        await Run(Midnight(Today.AddDays(1)).AddTicks(-1));
        foreach (var invoice in late) Assert.Equal(0, await Marks(one, invoice));
        await Run();
        await Run();

        foreach (var invoice in late) Assert.Equal(1, await Marks(one, invoice));
        foreach (var invoice in others) Assert.Equal(1, await Marks(other, invoice));
        Assert.Equal(before, await Versions(one, untouched));
    }

    [Fact]
    public async Task Two_silos_that_wake_at_once_mark_each_invoice_once()
    {
        var company = await cluster.Company().Registered();
        var invoices = await Task.WhenAll(Enumerable.Range(0, 9).Select(_ => Sent(company, Today)));

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Run()));

        foreach (var invoice in invoices) Assert.Equal(1, await Marks(company, invoice));
    }

    [Fact]
    public async Task An_invoice_that_fails_holds_up_no_other_and_is_marked_the_next_time()
    {
        var company = await cluster.Company().Registered();
        var invoices = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Sent(company, Today)));
        cluster.Writer.Next(TestCompany.IdOf(invoices[0]), (_, _) => throw new StoreUnavailableException("The store was taken away."));
        var runs = cluster.Runs(Job, Midnight(Today.AddDays(1)));

        Assert.Equal(TimeSpan.FromSeconds(5), await runs.Run(CancellationToken.None));
        Assert.Equal(0, await Marks(company, invoices[0]));
        foreach (var invoice in invoices[1..]) Assert.Equal(1, await Marks(company, invoice));

        await runs.Run(CancellationToken.None);
        Assert.Equal(1, await Marks(company, invoices[0]));
    }

    [Fact]
    public async Task A_mark_whose_reply_was_lost_is_not_made_again()
    {
        var company = await cluster.Company().Registered();
        var invoice = await Sent(company, Today);
        cluster.Writer.Next(TestCompany.IdOf(invoice), async (unit, store) =>
        {
            await store(unit);
            throw new StoreUnavailableException("The reply was lost.");
        });

        await Run();
        await Run();

        Assert.Equal(1, await Marks(company, invoice));
    }

    [Fact]
    public async Task An_invoice_whose_payment_bounced_becomes_overdue_again()
    {
        var company = await cluster.Company().Registered();
        var invoice = await Sent(company, Today);
        await Run();
        var payment = Some.Pay();
        await Do(company, invoice, payment);
        await Run();
        await Do(company, invoice, new ReversePayment(payment.PaymentId, "bounced"));

        await Run();

        Assert.Equal(2, await Marks(company, invoice));
        Assert.True((await invoice.Get())!.IsOverdue);
    }

    private static Task<InvoiceView> Do(TestCompany company, IInvoiceGrain invoice, InvoiceCommand command)
    {
        CallerTenant.Set(company.Id);
        return TestCompany.Done(invoice.Execute(command, Some.Context()));
    }

    private static Task<IInvoiceGrain> Draft(TestCompany company, DateOnly due)
    {
        CallerTenant.Set(company.Id);
        return company.Draft(Some.Input() with { DueDate = due });
    }

    private static async Task<IInvoiceGrain> After(TestCompany company, DateOnly due, params InvoiceCommand[] commands)
    {
        var invoice = await Draft(company, due);
        foreach (var command in commands) await Do(company, invoice, command);
        return invoice;
    }

    private static Task<IInvoiceGrain> Sent(TestCompany company, DateOnly due) => After(company, due, new SendInvoice());

    private static async Task<int> Marks(TestCompany company, IInvoiceGrain invoice) =>
        (await company.Events(invoice)).Count(e => e.Type == "INVOICE_OVERDUE");

    private static async Task<int[]> Versions(TestCompany company, IInvoiceGrain[] invoices) =>
        [.. (await Task.WhenAll(invoices.Select(i => company.Events(i)))).Select(log => log.Count)];

    private static DateTimeOffset Midnight(DateOnly day) => Oslo.StartOf(day);

    private Task<TimeSpan> Run(DateTimeOffset? at = null) =>
        cluster.Runs(Job, at ?? Midnight(Today.AddDays(1))).Run(CancellationToken.None).Within(TestCompany.Limit);

    private async Task<RecordedEvent> Last(TestCompany company, IInvoiceGrain invoice, int version)
    {
        while (true)
        {
            var known = (await cluster.Reader.PartitionHeads(TestContext.Current.CancellationToken))[company.Tenant.Partition];
            if (await company.Events(invoice) is { } log && log.Count >= version) return log[^1];
            await cluster.Signals.WaitBeyond(company.Tenant.Partition, known, TestCompany.Limit, TestContext.Current.CancellationToken);
        }
    }
}

public sealed class SqliteOverdueTests(SqliteAggregates cluster) : OverdueTests(cluster), IClassFixture<SqliteAggregates>;

public sealed class PostgresOverdueTests(PostgresAggregates cluster) : OverdueTests(cluster), IClassFixture<PostgresAggregates>;
