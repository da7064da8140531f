using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Tms.EventStore.Hosting;

namespace Tms.EventStore.Tests.Values;

public sealed class DurationTests
{
    [Theory]
    [InlineData("00:00:01", true)]
    [InlineData("1.00:00:00", true)]
    [InlineData("00:00:00.999", false)]
    [InlineData("1.00:00:00.001", false)]
    public void Both_bounds_are_included(string text, bool holds)
    {
        var settings = new Settings { Wait = TimeSpan.Parse(text, CultureInfo.InvariantCulture) };
        Assert.Equal(holds, Validator.TryValidateObject(settings, new(settings), null, validateAllProperties: true));
    }

    [Fact]
    public void A_fault_names_the_setting_and_its_bounds()
    {
        var settings = new Settings();
        var fault = Assert.Throws<ValidationException>(
            () => Validator.ValidateObject(settings, new(settings), validateAllProperties: true));
        Assert.Equal("The field Wait must be between 00:00:01 and 1.00:00:00.", fault.Message);
    }

    private sealed class Settings
    {
        [Duration("00:00:01", "1.00:00:00")]
        public TimeSpan Wait { get; init; }
    }
}
