using Microsoft.Extensions.Configuration;
using Tms.Silo;
using Xunit;

namespace Tms.Grains.Tests.Cluster;

public sealed class SiloOptionsTests
{
    [Fact]
    public void Nothing_given_is_an_embedded_run()
    {
        var options = From();

        Assert.Null(options.ConnectionString);
        Assert.Equal((Path.GetFullPath("data"), null, null), (options.DataPath, options.SiloPort, options.GatewayPort));
    }

    [Theory]
    [InlineData("Tms:Cluster:SiloPort", "70000")]
    [InlineData("Tms:Cluster:GatewayPort", "11111")]
    [InlineData("Tms:Cluster:SiloPort", "many")]
    [InlineData("Tms:Cluster:SiloPort", "0x10")]
    [InlineData("Tms:Cluster:ProbeTimeout", "2")]
    [InlineData("Tms:Cluster:ClusterId", "")]
    [InlineData("Tms:Cluster:AdvertisedAddress", "here")]
    [InlineData("Tms:Cluster:ProbeTimeout", "00:10:00")]
    [InlineData("Tms:Cluster:ResponseTimeout", "00:00:00")]
    public void A_value_that_cannot_be_right_is_named(string key, string value)
    {
        var wrong = Assert.Throws<InvalidOperationException>(() => From((key, value)));

        Assert.Contains(key, wrong.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Database=tms")]
    [InlineData("Nonsense=1;Password=geheim")]
    public void A_connection_string_that_cannot_be_right_is_named_and_not_shown(string value)
    {
        var wrong = Assert.Throws<InvalidOperationException>(() => From(("ConnectionStrings:Tms", value)));

        Assert.Contains("ConnectionStrings:Tms", wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", wrong.Message, StringComparison.Ordinal);
    }

    private static SiloOptions From(params (string Key, string Value)[] values) =>
        SiloOptions.From(
            new ConfigurationBuilder().AddInMemoryCollection(values.Select(v => KeyValuePair.Create(v.Key, (string?)v.Value))).Build());
}
