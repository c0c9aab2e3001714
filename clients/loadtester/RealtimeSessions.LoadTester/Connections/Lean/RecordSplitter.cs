using System.Buffers;

namespace RealtimeSessions.LoadTester.Connections.Lean;

/// <summary>Takes a stream of bytes apart into SignalR's records. A record that comes whole is passed on without being copied; a part is kept only as long as the rest is under way.</summary>
/// <param name="codec">Knows where a record ends.</param>
/// <param name="take">Gets each record, without what marks its end. The span ends with the call.</param>
internal sealed class RecordSplitter(HubCodec codec, RecordHandler take)
{
    private byte[] _kept = [];
    private int _length;

    /// <summary>Takes what has come.</summary>
    public void Take(ReadOnlySpan<byte> bytes)
    {
        if (_length == 0)
        {
            Keep(Split(bytes, looked: 0));
            return;
        }

        var looked = _length;
        Keep(bytes);
        var rest = Split(_kept.AsSpan(0, _length), looked);
        rest.CopyTo(_kept);
        _length = rest.Length;
        if (_length == 0)
        {
            Free();
        }
    }

    /// <summary>Gives back what is kept.</summary>
    public void Free()
    {
        if (_kept.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_kept);
            (_kept, _length) = ([], 0);
        }
    }

    private ReadOnlySpan<byte> Split(ReadOnlySpan<byte> bytes, int looked)
    {
        while (codec.TryFind(bytes, looked, out var record, out var consumed))
        {
            take(record);
            bytes = bytes[consumed..];
            looked = 0;
        }

        return bytes;
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        if (_kept.Length < _length + bytes.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * _length, _length + bytes.Length));
            _kept.AsSpan(0, _length).CopyTo(larger);
            var length = _length;
            Free();
            (_kept, _length) = (larger, length);
        }

        bytes.CopyTo(_kept.AsSpan(_length));
        _length += bytes.Length;
    }
}

/// <summary>Takes a record.</summary>
internal delegate void RecordHandler(ReadOnlySpan<byte> record);
