namespace RealtimeSessions.Testing;

/// <summary>An empty folder that goes with its owner.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>The folder's full path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("realtime-sessions-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
