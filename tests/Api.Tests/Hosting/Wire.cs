using System.Net.Sockets;
using System.Text;

namespace Tms.Api.Tests.Hosting;

/// <summary>What a client sends that breaks the rules of HTTP, which a proper one cannot.</summary>
internal static class Wire
{
    /// <summary>Sends bytes and reads the answer until the server has nothing more to say, or to the end of its first line.</summary>
    /// <param name="api">The server.</param>
    /// <param name="request">The request as it goes over the wire, in ASCII; <c>HOST</c> stands for the server's own name.</param>
    /// <param name="whole">Whether to wait until the server hangs up.</param>
    public static async Task<string> Send(ApiHost api, string request, bool whole = false)
    {
        var cancel = TestContext.Current.CancellationToken;
        var address = api.Client.BaseAddress!;
        using var socket = new TcpClient();
        await socket.ConnectAsync(address.Host, address.Port, cancel);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request.Replace("HOST", address.Authority, StringComparison.Ordinal)), cancel);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        return (whole ? await reader.ReadToEndAsync(cancel) : await reader.ReadLineAsync(cancel)) ?? "";
    }
}
