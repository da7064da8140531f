using Tms.EndToEnd.Tests.Hosting;

namespace Tms.EndToEnd.Tests.Operations;

/// <summary>What a newcomer is shown holds.</summary>
[Collection(SqliteCollection.Name)]
public sealed class TourTests(SqliteApi api)
{
    [Fact]
    public async Task A_newcomer_is_walked_from_a_company_to_the_proof_of_a_paid_invoice()
    {
        var (code, output) = await OperatorScript.Run(api.Site, "tour", api.Process.Http.BaseAddress!.ToString());
        Assert.True(code == 0, output);
        foreach (var seen in (string[])["live: INVOICE_PAID", "a change is refused: 409 ", "All of it held."])
            Assert.Contains(seen, output, StringComparison.Ordinal);
    }
}
