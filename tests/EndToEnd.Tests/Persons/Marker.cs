using System.Text;

namespace Tms.EndToEnd.Tests.Persons;

/// <summary>A text that stands nowhere by chance, and every way in which it could stand somewhere.</summary>
internal sealed class Marker
{
    // Lower case, as addresses and words to search for are kept; a multiple of three, so that base64 of it is part of base64 of what it
    // stands in.
    private readonly byte[][] _forms;

    public Marker()
    {
        var bytes = Encoding.ASCII.GetBytes(Text);
        _forms =
        [
            bytes, Encoding.Unicode.GetBytes(Text), Encoding.ASCII.GetBytes(Convert.ToHexStringLower(bytes)),
            Encoding.ASCII.GetBytes(Convert.ToHexString(bytes)),
            .. Enumerable.Range(0, 3).Select(skip => Encoding.ASCII.GetBytes(Convert.ToBase64String(bytes, skip, bytes.Length - 3))),
        ];
    }

    public string Text { get; } = "q" + Guid.NewGuid().ToString("n")[..29];

    public bool StandsIn(ReadOnlySpan<byte> content)
    {
        // Letters of ASCII alone differ by their case.
        var lower = content.ToArray();
        for (var i = 0; i < lower.Length; i++)
        {
            if (lower[i] is >= (byte)'A' and <= (byte)'Z') lower[i] |= 0x20;
        }

        foreach (var form in _forms)
        {
            if (lower.AsSpan().IndexOf(form) >= 0 || content.IndexOf(form) >= 0) return true;
        }

        return false;
    }

    public bool StandsIn(string content) => StandsIn(Encoding.UTF8.GetBytes(content));
}
