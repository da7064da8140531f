using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tms.Api.Realtime;

/// <summary>The argument of Subscribe and Unsubscribe.</summary>
internal sealed record ChannelRequest
{
    private const int MostChannels = 50;
    private const int LongestEpoch = 200;

    /// <summary>Names of rooms.</summary>
    public required string[] Channels { get; init; }

    /// <summary>The last position that the client has; Subscribe only.</summary>
    public long? Since { get; init; }

    /// <summary>The epoch of <see cref="Since"/>.</summary>
    public string? Epoch { get; init; }

    /// <summary>Reads it strictly: unknown fields, wrong types, nulls and excess are faults.</summary>
    /// <param name="json">What the client sent.</param>
    /// <param name="mayResume">Whether since and epoch are known fields.</param>
    /// <param name="request">The request when it is right.</param>
    /// <param name="fault">One sentence when it is wrong.</param>
    public static bool TryParse(
        JsonElement json, bool mayResume, [NotNullWhen(true)] out ChannelRequest? request, [NotNullWhen(false)] out string? fault)
    {
        request = Read(json);
        fault = request is null ? "Expected {channels: [names of rooms], since?: position, epoch?: text}."
            : request.Channels.Length > MostChannels ? $"At most {MostChannels} channels at once."
            : Array.Exists(request.Channels, static name => name is null || name.Length > RoomName.MaxLength)
                ? $"A channel is a text of at most {RoomName.MaxLength} characters."
            : request.Epoch?.Length > LongestEpoch ? "The epoch is not one of this server."
            : !mayResume && (request.Since is not null || request.Epoch is not null) ? "Unsubscribe takes channels only."
            : null;
        return fault is null;
    }

    private static ChannelRequest? Read(JsonElement json)
    {
        try
        {
            var request = json.Deserialize(ChannelRequestJson.Default.ChannelRequest);
            return request?.Channels is null ? null : request;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(ChannelRequest))]
internal sealed partial class ChannelRequestJson : JsonSerializerContext;
