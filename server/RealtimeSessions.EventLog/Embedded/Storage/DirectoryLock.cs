namespace RealtimeSessions.EventLog.Embedded.Storage;

/// <summary>Keeps a directory for one process, by a file held open. The operating system releases it when the process ends, however it ends.</summary>
internal sealed class DirectoryLock : IDisposable
{
    private const string FileName = "realtime.lock";

    private readonly FileStream _file;

    private DirectoryLock(FileStream file) => _file = file;

    /// <summary>Makes the directory if need be, and takes it.</summary>
    /// <exception cref="InvalidOperationException">Somebody else holds it.</exception>
    public static DirectoryLock Take(string directory)
    {
        Directory.CreateDirectory(directory);
        try
        {
            // The file is left behind on purpose: removing it would let two processes hold two files of the same name.
            return new DirectoryLock(new FileStream(
                Path.Combine(directory, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception)
        {
            throw new InvalidOperationException(
                $"The data directory '{directory}' is in use: {FileName} in it could not be taken. Only one server can use a directory; "
                + "stop the other one, or give this one another directory.",
                exception);
        }
    }

    public void Dispose() => _file.Dispose();
}
