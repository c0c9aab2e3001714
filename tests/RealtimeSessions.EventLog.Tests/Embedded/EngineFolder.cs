using System.Text;
using Microsoft.Extensions.Logging;
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

    public string Journal => System.IO.Path.Combine(Path, "realtime.journal");

    public Task<EmbeddedEngine> OpenAsync(
        LogOptions? options = null, EmbeddedDurability durability = EmbeddedDurability.Process, ILoggerFactory? loggers = null) =>
        EmbeddedEngine.OpenAsync(
            new EmbeddedOptions { Directory = Path, Durability = durability }, options ?? new LogOptions(), TimeProvider.System,
            loggers ?? NullLoggerFactory.Instance);

    /// <summary>The files as they are, while the engine is open: what a crash of its process would leave.</summary>
    public EngineFolder Crash()
    {
        var left = new EngineFolder();
        foreach (var file in new[] { Database, Database + "-wal", Journal })
        {
            File.Copy(file, System.IO.Path.Combine(left.Path, System.IO.Path.GetFileName(file)));
        }

        return left;
    }

    public static NewEvent Event(string payload = "{}") =>
        new(Guid.CreateVersion7(), DateTimeOffset.UtcNow, Encoding.UTF8.GetBytes(payload));

    public static LogAppend Append(params NewEvent[] events) => new() { Events = events };

    public static LogAppend Create(params NewEvent[] events) => new() { Events = events, MustBeNew = true };

    public void Dispose() => _folder.Dispose();
}
