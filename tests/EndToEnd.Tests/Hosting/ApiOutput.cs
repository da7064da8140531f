using System.Diagnostics;

namespace Tms.EndToEnd.Tests.Hosting;

/// <summary>What a program has written, and a way to wait for a line of it.</summary>
internal sealed class ApiOutput
{
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private readonly List<(Func<string, bool> Holds, TaskCompletionSource<string> Found)> _waiting = [];

    public string Text
    {
        get
        {
            lock (_gate) return string.Join(Environment.NewLine, _lines);
        }
    }

    public void Read(Process process)
    {
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The first line, past or to come, that holds.</summary>
    public Task<string> Line(Func<string, bool> holds)
    {
        lock (_gate)
        {
            if (_lines.Find(line => holds(line)) is { } line) return Task.FromResult(line);
            var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((holds, found));
            return found.Task;
        }
    }

    /// <summary>One more line.</summary>
    public void Add(string line)
    {
        lock (_gate)
        {
            _lines.Add(line);
            foreach (var (holds, found) in _waiting)
            {
                if (holds(line)) found.TrySetResult(line);
            }
        }
    }

    private void Hear(string? line)
    {
        if (line is not null) Add(line);
    }
}
