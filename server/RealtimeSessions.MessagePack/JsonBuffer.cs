using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace RealtimeSessions.MessagePack;

/// <summary>JSON on its way from one form into the other. One serves a thread again and again. Not thread-safe.</summary>
internal sealed class JsonBuffer : IDisposable
{
    /// <summary>A larger one is not kept for the next value.</summary>
    private const int KeptBytes = 64 * 1024;

    [ThreadStatic]
    private static JsonBuffer? _idle;

    private readonly ArrayBufferWriter<byte> _bytes = new(256);

    private JsonBuffer() =>
        Writer = new(_bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    public Utf8JsonWriter Writer { get; }

    /// <summary>An empty one.</summary>
    public static JsonBuffer Rent()
    {
        var buffer = _idle ?? new JsonBuffer();
        _idle = null;
        return buffer;
    }

    /// <summary>What was written, until it is disposed of.</summary>
    public ReadOnlySpan<byte> Written()
    {
        Writer.Flush();
        return _bytes.WrittenSpan;
    }

    public void Dispose()
    {
        Writer.Reset();
        _bytes.ResetWrittenCount();
        if (_bytes.Capacity <= KeptBytes)
        {
            _idle = this;
        }
    }
}
