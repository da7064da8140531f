using System.Text.Json;

namespace Tms.Testing.Live;

/// <summary>One message of the hub. What a message of its kind does not carry throws when asked for.</summary>
/// <param name="Target">The method of the client that it called: <c>event</c>, <c>progress</c> …</param>
/// <param name="Payload">Its one argument.</param>
public sealed record Received(string Target, JsonElement Payload)
{
    public long Position => Payload.GetProperty("position").GetInt64();

    public string Epoch => Payload.GetProperty("epoch").GetString()!;

    public string Code => Payload.GetProperty("code").GetString()!;

    public string Subject => Payload.GetProperty("subject").GetString()!;

    public string Type => Payload.GetProperty("type").GetString()!;
}
