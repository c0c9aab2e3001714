using Microsoft.Extensions.Logging;

namespace RealtimeSessions.Client.Connecting;

/// <summary>What the SignalR client logs, at Debug at most: to it a lost connection is an error, to this client it is the course of things, which it logs itself.</summary>
/// <param name="loggers">Where it goes.</param>
internal sealed class QuietLoggerFactory(ILoggerFactory loggers) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new QuietLogger(loggers.CreateLogger(categoryName));

    public void AddProvider(ILoggerProvider provider) => loggers.AddProvider(provider);

    public void Dispose()
    {
        // The loggers are the program's.
    }

    private sealed class QuietLogger(ILogger logger) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull =>
            logger.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => logger.IsEnabled(Quieted(logLevel));

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            logger.Log(Quieted(logLevel), eventId, state, exception, formatter);

        private static LogLevel Quieted(LogLevel level) => level is LogLevel.None or LogLevel.Trace ? level : LogLevel.Debug;
    }
}
