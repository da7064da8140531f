using System.Text.Json;
using Tms.EndToEnd.Tests.Hosting;
using Tms.EndToEnd.Tests.Operations;

namespace Tms.EndToEnd.Tests.Cluster;

/// <summary>The operators' first look at a cluster of several nodes.</summary>
public sealed class ManyLookTests
{
    [Theory]
    [InlineData(false, 2, 2)]
    [InlineData(true, 1, 0)]
    public async Task Every_node_shows_all_silos_and_all_nodes(bool outside, int silos, int inside)
    {
        using var site = await ApiSite.OnPostgres();
        await using var silo = outside ? await ApiInside.Start(site.Settings() with { Program = ApiProgram.Silo }) : null;
        await using var a = await site.Host(TwoNodes.Settings(outside));
        await using var b = await site.Host(TwoNodes.Settings(outside));
        var admin = await Companies.LogIn(TwoNodes.At(a), ApiSite.Admin.Email, ApiSite.Admin.Password);
        var others = TwoNodes.At(b, admin.Token);
        var (atA, atB) = (await ClusterLook.Until(admin, KnowsBoth), await ClusterLook.Until(others, KnowsBoth));

        foreach (var look in (Answer[])[atA, atB])
        {
            Guid[] known = [.. look["apiNodes"].EnumerateArray().Select(node => node.GetProperty("id").GetGuid())];
            Assert.Equal(new[] { atA["answeredBy"].GetGuid(), atB["answeredBy"].GetGuid() }.Order(), known.Order());
            string[] shown = [.. look["silos"].EnumerateArray().Select(one => one.GetProperty("address").GetString()!)];
            Assert.Equal(silos, shown.Distinct().Count());
            var ofNodes = look["apiNodes"].EnumerateArray().Select(node => node.GetProperty("silo").GetString()).OfType<string>().ToArray();
            Assert.Equal(inside, ofNodes.Distinct().Count());
            Assert.Subset(shown.ToHashSet(), ofNodes.ToHashSet());
        }

        bool KnowsBoth(Answer look) =>
            look["apiNodes"] is { ValueKind: JsonValueKind.Array } known && known.GetArrayLength() == 2
            && look["silos"].EnumerateArray().Count(one => one.GetProperty("answers").GetBoolean()) == silos;
    }
}

/// <summary>The look when a silo is gone, or stands still.</summary>
public sealed class LostLookTests
{
    // A call to a silo that stands still would be waited for longer than the client's own patience, and nobody notices the silo meanwhile.
    private static readonly string[] Slow = ["--Tms:Cluster:ProbeTimeout=00:00:30", "--Tms:Cluster:ResponseTimeout=00:05:00"];

    [Fact]
    public async Task A_silo_that_was_killed_is_shown_as_dead_and_its_node_as_gone()
    {
        using var site = await ApiSite.OnPostgres();
        await using var a = await site.Host();
        await using var b = await site.Start();
        var admin = await Companies.LogIn(TwoNodes.At(a), ApiSite.Admin.Email, ApiSite.Admin.Password);
        var (own, killed) = await Addresses(admin, a);

        await b.Kill();

        var atOnce = (await admin.Get(ClusterLook.Path)).Expect(200);
        Assert.False(Silo(atOnce, killed).GetProperty("answers").GetBoolean());
        var look = await ClusterLook.Until(admin, all => Status(all, killed) == "dead" && Answers(all, own) && Nodes(all) == 1);
        foreach (var unknown in (string[])[
            "version", "activations", "cpuPercent", "memoryBytes", "availableMemoryBytes", "overloaded", "clients"])
            Assert.Equal(JsonValueKind.Null, Silo(look, killed).GetProperty(unknown).ValueKind);
        Assert.Equal("active", Status(look, own));
    }

    [Fact]
    public async Task A_silo_that_stands_still_holds_up_no_answer()
    {
        using var site = await ApiSite.OnPostgres();
        await using var a = await site.Host(Slow);
        await using var b = await site.Start(Slow);
        var admin = await Companies.LogIn(TwoNodes.At(a), ApiSite.Admin.Email, ApiSite.Admin.Password);
        var (_, still) = await Addresses(admin, a);

        await b.Freeze();

        var look = await ClusterLook.Until(admin, all => !Answers(all, still));
        Assert.Equal("active", Status(look, still));
        Assert.Equal(JsonValueKind.Null, Silo(look, still).GetProperty("activations").ValueKind);
        Assert.True(look["store"].GetProperty("answers").GetBoolean());
        await b.Thaw();
        await ClusterLook.Until(admin, all => Answers(all, still));
    }

    // Of the silo inside a node, and of the other one, once both answer.
    private static async Task<(string Own, string Other)> Addresses(Client admin, RunningApi node)
    {
        var look = await ClusterLook.Until(
            admin, all => Nodes(all) == 2 && all["silos"].EnumerateArray().Count(silo => silo.GetProperty("answers").GetBoolean()) == 2);
        var own = look["apiNodes"].EnumerateArray()
            .Single(known => new Uri(known.GetProperty("addresses")[0].GetString()!) == node.Http.BaseAddress).GetProperty("silo")
            .GetString()!;
        return (
            own, look["silos"].EnumerateArray().Select(silo => silo.GetProperty("address").GetString()!).Single(address => address != own));
    }

    private static JsonElement Silo(Answer look, string address) =>
        look["silos"].EnumerateArray().Single(silo => silo.GetProperty("address").GetString() == address);

    private static string? Status(Answer look, string address) => Silo(look, address).GetProperty("status").GetString();

    private static bool Answers(Answer look, string address) => Silo(look, address).GetProperty("answers").GetBoolean();

    private static int Nodes(Answer look) => look["apiNodes"] is { ValueKind: JsonValueKind.Array } known ? known.GetArrayLength() : 0;
}
