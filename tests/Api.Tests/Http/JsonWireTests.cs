using System.Text.Json;
using Tms.Api.Http;

namespace Tms.Api.Tests.Http;

public sealed class JsonWireTests
{
    private static readonly JsonSerializerOptions Wire = Options();

    [Theory]
    [InlineData("2026-11-23T14:29:57.1234560Z", "2026-11-23T14:29:57.123456Z")]
    [InlineData("2026-11-23T14:29:57.1234569Z", "2026-11-23T14:29:57.123456Z")]
    [InlineData("2026-11-23T14:29:57.1000000Z", "2026-11-23T14:29:57.1Z")]
    [InlineData("2026-11-23T14:29:57.0000010Z", "2026-11-23T14:29:57.000001Z")]
    [InlineData("2026-11-23T14:29:57.0000001Z", "2026-11-23T14:29:57Z")]
    [InlineData("2026-11-23T14:29:50.0000000Z", "2026-11-23T14:29:50Z")]
    [InlineData("2026-11-23T00:30:00.0000000+01:00", "2026-11-22T23:30:00Z")]
    [InlineData("0001-01-01T00:00:00.0000000Z", "0001-01-01T00:00:00Z")]
    public void Times_are_utc_with_no_more_decimals_than_say_something(string time, string written) =>
        Assert.Equal(
            $"\"{written}\"",
            JsonSerializer.Serialize(DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture), Wire));

    private static JsonSerializerOptions Options()
    {
        var options = new JsonSerializerOptions();
        JsonWire.Configure(options);
        return options;
    }
}
