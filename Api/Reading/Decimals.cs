using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tms.Api.Reading;

/// <summary>Numbers of a checked document, by value: 1e2 and 100.000 are one hundred also where a whole number is asked for.</summary>
internal static class Decimals
{
    /// <summary>The value; exact where the check has passed, for then no digit is beyond a decimal's.</summary>
    public static decimal Read(ReadOnlySpan<byte> text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    internal sealed class Exact : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Decimals.Read(reader.ValueSpan);

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
    }

    internal sealed class WholeInt : JsonConverter<int>
    {
        public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            (int)Decimals.Read(reader.ValueSpan);

        public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
    }

    internal sealed class WholeLong : JsonConverter<long>
    {
        public override long Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            (long)Decimals.Read(reader.ValueSpan);

        public override void Write(Utf8JsonWriter writer, long value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
    }
}
