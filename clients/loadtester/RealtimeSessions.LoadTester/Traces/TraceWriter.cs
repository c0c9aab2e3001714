using System.IO.Compression;
using System.Text.Json;

namespace RealtimeSessions.LoadTester.Traces;

/// <summary>
/// Writes a trace. Its header tells what is known only in the end, so the calls wait in a file beside it, which is gone when the trace is there; nothing of a trace that
/// was not finished stays.
/// </summary>
internal sealed class TraceWriter : IDisposable
{
    private const string Packed = ".gz";

    private readonly string _file;
    private readonly FileStream _waiting;

    /// <param name="file">The trace; compressed if its name ends in <c>.gz</c>.</param>
    /// <exception cref="LoadException">The file cannot be written.</exception>
    public TraceWriter(string file)
    {
        _file = file;
        try
        {
            _waiting = new FileStream(
                $"{file}.calls", FileMode.Create, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LoadException($"The trace {file} cannot be written: {exception.Message}", exception);
        }
    }

    /// <summary>How many calls there are.</summary>
    public long Calls { get; private set; }

    /// <summary>Adds a call.</summary>
    public void Add(TraceCall call)
    {
        TraceLine.Write(_waiting, call);
        Calls++;
    }

    /// <summary>Writes the trace.</summary>
    /// <param name="header">Its header; the number of calls is set here.</param>
    public void Finish(TraceHeader header)
    {
        using Stream file = File.Create(_file);
        using var to = _file.EndsWith(Packed, StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionLevel.Optimal) : file;
        JsonSerializer.Serialize(to, header with { Calls = Calls }, TraceJsonContext.Default.TraceHeader);
        to.WriteByte((byte)'\n');
        _waiting.Position = 0;
        _waiting.CopyTo(to);
    }

    public void Dispose() => _waiting.Dispose();
}
