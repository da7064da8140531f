using System.Text;

namespace Tms.EndToEnd.Tests.Hosting;

/// <summary>Hands on what is written, line by line.</summary>
internal sealed class LineWriter(Action<string> line) : TextWriter
{
    private readonly Lock _gate = new();
    private readonly StringBuilder _begun = new();

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => Write([value]);

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer)
    {
        lock (_gate)
        {
            for (int end; (end = buffer.IndexOf('\n')) >= 0; buffer = buffer[(end + 1)..])
            {
                line(_begun.Append(buffer[..end]).ToString().TrimEnd('\r'));
                _begun.Clear();
            }

            _begun.Append(buffer);
        }
    }
}

/// <summary>Writes to whom the flow of execution belongs.</summary>
internal sealed class FlowWriter(Func<TextWriter> whose) : TextWriter
{
    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => whose().Write(value);

    public override void Write(string? value) => whose().Write(value);

    public override void Write(char[] buffer, int index, int count) => whose().Write(buffer, index, count);

    public override void Write(ReadOnlySpan<char> buffer) => whose().Write(buffer);

    public override void Flush() => whose().Flush();
}
