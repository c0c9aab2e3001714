using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace RealtimeSessions.Server.Tests.Support;

/// <summary>Keeps what is logged as an error: a test that did not expect it fails.</summary>
internal sealed class RecordedLogs : ILoggerFactory, ILoggerProvider
{
    private readonly ConcurrentQueue<string> _errors = new();

    public IReadOnlyCollection<string> Errors => _errors;

    public void Clear() => _errors.Clear();

    public ILogger CreateLogger(string categoryName) => new Logger(_errors);

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }

    private sealed class Logger(ConcurrentQueue<string> errors) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                errors.Enqueue($"{formatter(state, exception)} {exception}");
            }
        }
    }
}
