using Microsoft.Extensions.Logging;

namespace Tms.Testing.Logging;

/// <summary>What a process wrote into its log; a test can wait for a sentence.</summary>
public sealed class HeardLog : ILoggerProvider
{
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private readonly List<(string Text, TaskCompletionSource Heard)> _waiting = [];

    /// <summary>How many lines with this text were written.</summary>
    public int Count(string text)
    {
        lock (_lock) return _lines.Count(line => line.Contains(text, StringComparison.Ordinal));
    }

    /// <summary>Ends when a line with this text is written, or was; fails after thirty seconds.</summary>
    public Task Says(string text)
    {
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_lines.Exists(line => line.Contains(text, StringComparison.Ordinal))) return Task.CompletedTask;
            _waiting.Add((text, heard));
        }

        return heard.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    /// <summary>A logger of a class that is made without a host.</summary>
    public ILogger<T> For<T>() => new Logger<T>(new LoggerFactory([this]));

    public ILogger CreateLogger(string categoryName) => new Writer(this);

    public void Dispose()
    {
        // Nothing is held.
    }

    private void Add(string line)
    {
        lock (_lock)
        {
            _lines.Add(line);
            foreach (var waiting in _waiting.Where(w => line.Contains(w.Text, StringComparison.Ordinal))) waiting.Heard.TrySetResult();
        }
    }

    private sealed class Writer(HeardLog log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Add($"{logLevel}: {formatter(state, exception)}");
    }
}
