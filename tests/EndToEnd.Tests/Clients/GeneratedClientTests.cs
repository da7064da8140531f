using System.Net.Http.Headers;
using Tms.EndToEnd.Tests.Hosting;

namespace Tms.EndToEnd.Tests.Clients;

/// <summary>A client that a generator makes from what the product says of itself compiles and runs.</summary>
[Collection(SqliteCollection.Name)]
public sealed class GeneratedClientTests(SqliteApi api)
{
    [Fact]
    public async Task A_client_of_version_2_writes_and_reads_a_customer()
    {
        var company = await api.NewCompany();
        using var http = Http(company);
        var client = await GeneratedClient.Make(2, http);
        var made = await client.Call("Customers_Create", ("body", """{"name":"Fjord AS","email":"post@fjord.example"}"""));
        var read = await client.Call("Customers_Get", ("id", made.GetProperty("id").GetGuid()));
        Assert.Equal("Fjord AS", read.GetProperty("name").GetString());
        Assert.Equal(made.GetProperty("createdAt").GetDateTimeOffset(), read.GetProperty("createdAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task A_client_of_version_1_reads_its_user_and_a_list()
    {
        var company = await api.NewCompany();
        using var http = Http(company);
        var client = await GeneratedClient.Make(1, http);
        Assert.Equal(company.LeadId, (await client.Call("Users_Profile")).GetProperty("id").GetGuid());
        Assert.Equal(0, (await client.Call("Invoices_List")).GetProperty("pagination").GetProperty("total").GetInt32());
    }

    private HttpClient Http(Company company) => new()
    {
        BaseAddress = api.Process.Http.BaseAddress,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", company.Lead.Token) },
    };
}
