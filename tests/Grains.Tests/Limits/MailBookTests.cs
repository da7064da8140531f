using Tms.Grains.Abstractions.Limits;
using Tms.Grains.Abstractions.Shared;
using Tms.Grains.Limits;
using Tms.Grains.Tests.Aggregates;
using Xunit;

namespace Tms.Grains.Tests.Limits;

public sealed class MailBookTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
    private readonly MailBook _book = new();

    [Fact]
    public void An_address_gets_one_mail_in_a_quarter_of_an_hour()
    {
        Assert.True(Take("ola@example.no").IsNew);
        Assert.Equal(new MailTurn(false, 900, IsSameAddress: true), Take("ola@example.no"));
        Assert.True(Take("kari@example.no").IsNew);
        Assert.Equal(new MailTurn(false, 1, IsSameAddress: true), Take("ola@example.no", seconds: 899.5));
        Assert.True(Take("ola@example.no", seconds: 900).IsNew);
    }

    [Fact]
    public void A_company_has_a_number_of_mails_in_any_hour()
    {
        for (var n = 0; n < 3; n++) Assert.True(Take($"{n}@example.no", seconds: n * 60).IsNew);
        Assert.Equal(new MailTurn(false, 3420), Take("ola@example.no", seconds: 180));
        Assert.True(Take("ola@example.no", seconds: 180, limit: 4).IsNew);
        Assert.Equal(new MailTurn(false, 60), Take("kari@example.no", seconds: 3600));
        Assert.True(Take("kari@example.no", seconds: 3660).IsNew);
    }

    [Fact]
    public void A_repeat_counts_once_and_what_was_not_sent_not_at_all()
    {
        var (request, other) = (Guid.NewGuid(), Guid.NewGuid());
        Assert.True(Take("ola@example.no", id: request, limit: 1).IsNew);
        Assert.Equal(new MailTurn(false), Take("ola@example.no", id: request, limit: 1));
        Assert.Equal(3600, Take("kari@example.no", id: request, limit: 1).Wait);
        _book.GiveBack(request);
        Assert.True(Take("ola@example.no", id: other, limit: 1).IsNew);
    }

    private MailTurn Take(string address, double seconds = 0, Guid? id = null, int limit = 3) =>
        _book.Take(new(id ?? Guid.NewGuid(), address, limit), Start.AddSeconds(seconds));
}

/// <summary>One book for each company, on the whole cluster.</summary>
public sealed class MailBookGrainTests(SqliteAggregates cluster) : IClassFixture<SqliteAggregates>
{
    [Fact]
    public async Task A_company_has_one_book_and_no_other_companys()
    {
        var mail = new MailRequest(Guid.NewGuid(), "ola@example.no", 20);
        var own = Book();
        Assert.True((await own.Take(mail)).IsNew);
        Assert.True((await own.Take(mail with { Id = Guid.NewGuid() })).IsSameAddress);
        await own.GiveBack(mail.Id);
        Assert.True((await own.Take(mail)).IsNew);
        Assert.True((await Book().Take(mail)).IsNew);
        await Assert.ThrowsAsync<TenantMismatchException>(() => own.Take(mail));
    }

    private IMailBookGrain Book() => cluster.Grains.GetGrain<IMailBookGrain>(cluster.Company().Id.ToString());
}
