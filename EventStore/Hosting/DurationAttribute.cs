using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Tms.EventStore.Hosting;

/// <summary>From how long to how long a setting may be, both included.</summary>
/// <remarks>
/// Not <see cref="RangeAttribute"/>: that one turns its texts into durations at the first use, and two threads that come first together can
/// fail.
/// </remarks>
/// <param name="least">The shortest, as <c>[d.]hh:mm:ss[.fff]</c>.</param>
/// <param name="most">The longest.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DurationAttribute(
    string least, string most) : ValidationAttribute($"The field {{0}} must be between {least} and {most}.")
{
    private readonly TimeSpan _least = TimeSpan.Parse(least, CultureInfo.InvariantCulture);
    private readonly TimeSpan _most = TimeSpan.Parse(most, CultureInfo.InvariantCulture);

    /// <inheritdoc />
    public override bool IsValid(object? value) => value is TimeSpan duration && duration >= _least && duration <= _most;
}
