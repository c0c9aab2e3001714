using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace RealtimeSessions.LoadTester.Traces;

/// <summary>Reads a trace line by line: JSON lines in UTF-8, compressed with gzip or not, whatever the file is called.</summary>
internal sealed class TraceReader : IDisposable
{
    private readonly string _file;
    private readonly StreamReader _lines;
    private long _line;

    private TraceReader(string file, Stream stream)
    {
        (_file, _lines) = (file, new StreamReader(stream, Encoding.UTF8));
        Header = ReadHeader();
    }

    /// <summary>The first line.</summary>
    public TraceHeader Header { get; }

    /// <summary>Opens a trace and reads its header.</summary>
    /// <exception cref="TraceException">It has none.</exception>
    /// <exception cref="LoadException">The file cannot be read.</exception>
    public static TraceReader Open(string file)
    {
        Stream? stream = null;
        try
        {
            stream = File.OpenRead(file);
            var isPacked = stream.ReadByte() == 0x1F && stream.ReadByte() == 0x8B;
            stream.Position = 0;
            return new TraceReader(file, isPacked ? new GZipStream(stream, CompressionMode.Decompress) : stream);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            stream?.Dispose();
            throw new LoadException($"The trace {file} cannot be read: {exception.Message}", exception);
        }
        catch
        {
            stream?.Dispose();
            throw;
        }
    }

    /// <summary>The calls, one after the other.</summary>
    /// <exception cref="TraceException">A line is no call, times go back, or there are more or fewer than the header says.</exception>
    public IEnumerable<TraceCall> ReadCalls()
    {
        var (count, before) = (0L, 0L);
        for (; ReadLine() is { } line; count++)
        {
            var call = Parse(line);
            if (call.At < before)
            {
                throw Wrong($"\"t\" goes back, from {before} to {call.At}");
            }

            if (call.Connection < 0 || call.Connection >= Header.Connections)
            {
                throw Wrong($"\"c\" is {call.Connection}, and the header tells of {Header.Connections} connections");
            }

            before = call.At;
            yield return call;
        }

        if (count != Header.Calls)
        {
            throw Wrong($"the trace ends after {count:N0} calls, and the header tells of {Header.Calls:N0}");
        }
    }

    public void Dispose() => _lines.Dispose();

    private TraceHeader ReadHeader()
    {
        try
        {
            var header = JsonSerializer.Deserialize(ReadLine() ?? "", TraceJsonContext.Default.TraceHeader);
            return header switch
            {
                null => throw Wrong("there is no header"),
                { Trace: not TraceHeader.CurrentVersion } => throw Wrong($"the trace is of version {header.Trace}, and this program reads version {TraceHeader.CurrentVersion}"),
                { Connections: < 1 } => throw Wrong("\"connections\" must be at least 1"),
                { Calls: < 0 } => throw Wrong("\"calls\" must not be negative"),
                _ => header,
            };
        }
        catch (JsonException exception)
        {
            throw Wrong($"is no header of a trace: {exception.Message}");
        }
    }

    private TraceCall Parse(string line)
    {
        try
        {
            return TraceLine.Read(line);
        }
        catch (FormatException exception)
        {
            throw Wrong(exception.Message);
        }
    }

    /// <summary>The next line that is not empty.</summary>
    private string? ReadLine()
    {
        try
        {
            while (_lines.ReadLine() is { } line)
            {
                _line++;
                if (line.Length > 0)
                {
                    return line;
                }
            }

            return null;
        }
        catch (InvalidDataException exception)
        {
            throw Wrong($"the compressed file is broken after this line: {exception.Message}");
        }
    }

    private TraceException Wrong(string problem) => new(_file, Math.Max(1, _line), problem);
}
