using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Tms.Grains.Reactors;
using Xunit;

namespace Tms.Grains.Tests.Reactors;

public sealed class ReactorOptionTests
{
    [Fact]
    public void Patience_is_what_the_configuration_says() => Assert.Equal(7, Options("7").Attempts);

    [Fact]
    public void A_value_out_of_range_is_refused() => Assert.Throws<OptionsValidationException>(() => Options("0"));

    private static ReactorOptions Options(string attempts) => new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new("Tms:Reactors:Attempts", attempts)]).Build())
        .AddReactors().BuildServiceProvider().GetRequiredService<IOptions<ReactorOptions>>().Value;
}
