using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Tms.Testing.Network;

/// <summary>A mail server on a port of the loopback address: takes every mail, but for as many as it is told to refuse first.</summary>
public sealed class FakeSmtp : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private int _refusals;

    public FakeSmtp(int port = 0)
    {
        _listener = new(IPAddress.Loopback, port);
        _listener.Start();
        _ = Task.Run(Listen);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The mails as they came, envelope first.</summary>
    public ConcurrentQueue<(string From, string[] To, string Data)> Mails { get; } = [];

    /// <summary>How many mails are still refused, with 451 and the recipient's address.</summary>
    public int Refusals { get => Volatile.Read(ref _refusals); set => Volatile.Write(ref _refusals, value); }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task Listen()
    {
        try
        {
            while (true) _ = Serve(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            return;
        }
    }

    private async Task Serve(TcpClient client)
    {
        using var _ = client;
        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
        await using var writer = new StreamWriter(client.GetStream(), new UTF8Encoding(false)) { AutoFlush = true, NewLine = "\r\n" };
        await writer.WriteLineAsync("220 fake");
        var (from, to) = ("", new List<string>());
        while (await reader.ReadLineAsync() is { } line)
        {
            switch (line.Split(' ', ':')[0].ToUpperInvariant())
            {
                case "MAIL":
                    from = line;
                    await writer.WriteLineAsync("250 ok");
                    break;
                case "RCPT" when Interlocked.Decrement(ref _refusals) >= 0:
                    await writer.WriteLineAsync($"451 not now, {line}");
                    break;
                case "RCPT":
                    Interlocked.Exchange(ref _refusals, 0);
                    to.Add(line);
                    await writer.WriteLineAsync("250 ok");
                    break;
                case "DATA":
                    await writer.WriteLineAsync("354 go on");
                    Mails.Enqueue((from, [.. to], await Data(reader)));
                    await writer.WriteLineAsync("250 taken");
                    break;
                case "QUIT":
                    await writer.WriteLineAsync("221 bye");
                    return;
                default:
                    await writer.WriteLineAsync("250 ok");
                    break;
            }
        }
    }

    private static async Task<string> Data(StreamReader reader)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync() is { } line && line != ".") text.Append(line).Append("\r\n");
        return text.ToString();
    }
}
