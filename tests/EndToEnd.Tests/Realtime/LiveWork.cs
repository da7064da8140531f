using Tms.EndToEnd.Tests.Hosting;

namespace Tms.EndToEnd.Tests.Realtime;

/// <summary>Work whose events a live client sees.</summary>
internal static class LiveWork
{
    public const string Invoices = "/api/v2/economy/invoices";

    /// <summary>Three events of one invoice.</summary>
    public static async Task<Guid> SentAndPaid(Client lead)
    {
        var id = (await lead.Post(Invoices, Some.Invoice())).Expect(201).Id;
        (await lead.Post($"{Invoices}/{id}/send")).Expect(200);
        (await lead.Post($"{Invoices}/{id}/pay")).Expect(200);
        return id;
    }
}
