using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Tms.Api.Http;

/// <summary>How TMS writes and reads JSON on the wire: camelCase names, snake_case enum values, times in UTC, numbers as numbers.</summary>
public static class JsonWire
{
    /// <summary>Leaves Æ, Ø and Å as they are and escapes what HTML could misread.</summary>
    public static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);

    /// <summary>Sets options to the wire's rules.</summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.MaxDepth = 32;
        options.Encoder = Encoder;
        options.Converters.Add(new WordConverter());
        options.Converters.Add(new UtcTimeConverter());
    }

    // Enums that name their own words keep them: a converter of the options would go before the one on the type.
    private sealed class WordConverter : JsonConverterFactory
    {
        private static readonly JsonStringEnumConverter Words = new(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);

        public override bool CanConvert(Type typeToConvert) =>
            typeToConvert.IsEnum && !typeToConvert.IsDefined(typeof(JsonConverterAttribute), inherit: false);

        public override JsonConverter? CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            Words.CreateConverter(typeToConvert, options);
    }

    // The default writes +00:00; the contract's times end in Z.
    private sealed class UtcTimeConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Rfc3339.TryParse(reader.GetString(), out var time) ? time : throw new JsonException("It is no time of RFC 3339.");

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
        {
            // The round-trip format is the fastest there is; of its seven decimals at most six are ours, and zeros at the end say nothing.
            Span<byte> text = stackalloc byte["yyyy-MM-ddTHH:mm:ss.fffffffZ".Length];
            value.UtcDateTime.TryFormat(text, out _, "O", CultureInfo.InvariantCulture);
            var end = text.Length - 3;
            while (text[end] == '0') end--;
            if (text[end] == '.') end--;
            text[++end] = (byte)'Z';
            writer.WriteStringValue(text[..(end + 1)]);
        }
    }
}
