using Tms.Silo;
using Xunit;

namespace Tms.Grains.Tests.Cluster;

/// <summary>A command line that a program does not know starts nothing.</summary>
public sealed class UsageTests
{
    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("help")]
    public void Help_is_printed_and_ends_well(string asked)
    {
        Assert.Equal((Usage.Silo, 0), (Usage.Of([asked], Usage.Silo)!.Text, Usage.Of([asked], Usage.Silo)!.Code));
        Assert.Equal((Usage.Api, 0), (Usage.Of([asked, "--urls=x"], Usage.Api)!.Text, Usage.Of([asked], Usage.Api)!.Code));
    }

    [Fact]
    public void A_verb_that_is_none_is_a_fault_that_lists_the_verbs()
    {
        var said = Usage.Of(["verfy"], Usage.Silo)!;
        Assert.Equal(1, said.Code);
        Assert.StartsWith("'verfy' is no verb of this program,", said.Text, StringComparison.Ordinal);
        Assert.Contains("Tms.Silo verify", said.Text, StringComparison.Ordinal);
        Assert.Equal(1, Usage.Of(["verify"], Usage.Api)!.Code);
    }

    [Theory]
    [InlineData]
    [InlineData("--urls", "http://127.0.0.1:0")]
    [InlineData("--urls=http://127.0.0.1:0")]
    [InlineData("urls=http://127.0.0.1:0")]
    [InlineData("verify", "--Tms:DataPath=x")]
    [InlineData("erasures", "list")]
    [InlineData("note", "backup", "succeeded")]
    public void Settings_and_verbs_start_the_program(params string[] args) => Assert.Null(Usage.Of(args, Usage.Silo));
}
