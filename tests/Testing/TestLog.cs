using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Wego.Testing;

/// <summary>
/// Collects what the code under test logs. Disposing it fails the test where something logged at Error or above was not
/// expected by <see cref="Expect"/>.
/// </summary>
public sealed class TestLog : ILoggerProvider, ILoggerFactory
{
    private readonly ConcurrentQueue<TestLogEntry> _entries = new();
    private readonly ConcurrentBag<Func<TestLogEntry, bool>> _expected = [];
    private volatile TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Everything logged so far.</summary>
    public IReadOnlyCollection<TestLogEntry> Entries => _entries;

    /// <summary>Declares that matching errors belong to the test.</summary>
    public void Expect(Func<TestLogEntry, bool> match) => _expected.Add(match);

    /// <summary>Waits until this was logged.</summary>
    public async Task WaitForAsync(string message)
    {
        while (true)
        {
            var next = _next.Task;
            if (_entries.Any(e => e.Message == message))
            {
                return;
            }

            await next.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
        var unexpected = _entries.Where(e => e.Level >= LogLevel.Error && !_expected.Any(match => match(e))).ToArray();
        if (unexpected.Length > 0)
        {
            throw new InvalidOperationException("Unexpected error logs:\n" + string.Join('\n', unexpected.AsEnumerable()));
        }
    }

    private sealed class Logger(TestLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            log._entries.Enqueue(new TestLogEntry(logLevel, category, eventId, formatter(state, exception), exception));
            Interlocked.Exchange(ref log._next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        }
    }
}
