using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using RealtimeSessions.EventLog.Embedded;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EventLog.Tests.Embedded;

/// <summary>A folder to open the embedded engine in, again and again.</summary>
internal sealed class EngineFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static LogId Log { get; } = new("session/demo/board-1");

    public string Path => _folder.Path;

    public string Database => System.IO.Path.Combine(Path, "realtime.db");

    public Task<EmbeddedEngine> OpenAsync(LogOptions? options = null) => EmbeddedEngine.OpenAsync(
        new EmbeddedOptions { Directory = Path }, options ?? new LogOptions(), TimeProvider.System, NullLoggerFactory.Instance);

    public static NewEvent Event(string payload = "{}") =>
        new(Guid.CreateVersion7(), DateTimeOffset.UtcNow, Encoding.UTF8.GetBytes(payload));

    public static LogAppend Append(params NewEvent[] events) => new() { Events = events };

    public static LogAppend Create(params NewEvent[] events) => new() { Events = events, MustBeNew = true };

    public void Dispose() => _folder.Dispose();
}
