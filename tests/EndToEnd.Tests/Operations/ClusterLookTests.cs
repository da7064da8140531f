using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Tms.EndToEnd.Tests.Hosting;
using Tms.EventStore;

namespace Tms.EndToEnd.Tests.Operations;

/// <summary>The operators' first look, on a node with its silo inside.</summary>
public abstract class ClusterLookTests(ApiFixture api)
{
    [Fact]
    public async Task One_look_shows_the_silo_the_node_the_store_and_what_waits()
    {
        await using var store = StoreOf.Open(api.Site);
        var look = await ClusterLook.Until(
            api.Admin, all => all.Json.GetProperty("apiNodes") is { ValueKind: JsonValueKind.Array } nodes && nodes.GetArrayLength() > 0);

        Assert.Equal(("tms", "tms"), (look["clusterId"].GetString(), look["serviceId"].GetString()));
        Assert.Equal(api.Site.Postgres is null ? "sqlite" : "postgres", look["store"].GetProperty("kind").GetString());
        Assert.True(look["store"].GetProperty("answers").GetBoolean());
        Assert.NotEmpty(look["store"].GetProperty("version").GetString()!);
        Assert.Equal(
            await store.GetRequiredService<IEventReader>().Epoch(TestContext.Current.CancellationToken),
            look["store"].GetProperty("epoch").GetGuid());

        var (silo, node) = (Assert.Single(look["silos"].EnumerateArray()), Assert.Single(look["apiNodes"].EnumerateArray()));
        Assert.Equal(("active", true), (silo.GetProperty("status").GetString(), silo.GetProperty("answers").GetBoolean()));
        Assert.True(silo.GetProperty("activations").GetInt32() > 0);
        Assert.True(silo.GetProperty("memoryBytes").GetInt64() > 10 << 20);
        Assert.InRange(silo.GetProperty("cpuPercent").GetDecimal(), 0, 100);
        Assert.False(silo.GetProperty("overloaded").GetBoolean());
        Assert.True(silo.GetProperty("startedAt").GetDateTimeOffset() <= silo.GetProperty("aliveAt").GetDateTimeOffset());

        Assert.Equal(look["answeredBy"].GetGuid(), node.GetProperty("id").GetGuid());
        Assert.Equal(silo.GetProperty("address").GetString(), node.GetProperty("silo").GetString());
        Assert.Equal(silo.GetProperty("version").GetString(), node.GetProperty("version").GetString());
        Assert.Equal(silo.GetProperty("host").GetString(), node.GetProperty("host").GetString(), ignoreCase: true);
        Assert.Equal(api.Process.Http.BaseAddress, new Uri(Assert.Single(node.GetProperty("addresses").EnumerateArray()).GetString()!));

        Assert.Equal(
            await store.GetRequiredService<IReactorCursors>().CountDeadLetters(null, TestContext.Current.CancellationToken),
            look["deadLetters"].GetInt64());
        Assert.Empty(look["projectionsBehind"].EnumerateArray());
    }

    [Fact]
    public async Task Delivery_is_not_behind_once_nobody_writes()
    {
        var company = await api.NewCompany();
        (await company.Lead.Post("/api/v2/economy/invoices", Some.Invoice())).Expect(201);

        var look = await ClusterLook.Until(
            api.Admin, all => all["streams"].ValueKind == JsonValueKind.Object && all["streams"].GetProperty("behind").GetInt64() == 0);

        Assert.Empty(look["streams"].GetProperty("partitions").EnumerateArray());
    }
}

/// <summary>Looks at the cluster as an operator does.</summary>
internal static class ClusterLook
{
    public const string Path = "/api/v2/admin/cluster";

    /// <summary>Looks again and again until what is seen holds.</summary>
    public static async Task<Answer> Until(Client admin, Func<Answer, bool> holds)
    {
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            if ((await admin.Get(Path)).Expect(200) is var look && holds(look)) return look;
            await poll.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}

[Collection(SqliteCollection.Name)]
public sealed class ClusterLookOnSqlite(SqliteApi api) : ClusterLookTests(api);

[Collection(PostgresCollection.Name)]
public sealed class ClusterLookOnPostgres(PostgresApi api) : ClusterLookTests(api);
