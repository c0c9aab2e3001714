using System.Buffers.Text;

namespace RealtimeSessions.Benchmarks.Load;

/// <summary>The patches of one member and their answers: each must be answered once.</summary>
internal sealed class PatchCalls
{
    private const int MaximumOutstanding = 64 * 1024;

    private bool[] _outstanding = [];

    /// <summary>Patches sent; the last one's number.</summary>
    public long Sent { get; private set; }

    /// <summary>Patches answered.</summary>
    public long Answered { get; private set; }

    /// <summary>The id in the answer to a call.</summary>
    /// <returns>Null if the call was refused.</returns>
    public static long? ReadId(ReadOnlySpan<byte> record)
    {
        var rest = record["{\"type\":3,\"invocationId\":\""u8.Length..];
        return Utf8Parser.TryParse(rest, out long id, out var digits) && !rest[digits..].StartsWith("\",\"error\""u8) ? id : null;
    }

    /// <summary>Takes the next number.</summary>
    public bool TryBegin(out long number)
    {
        _outstanding = _outstanding.Length == 0 ? new bool[MaximumOutstanding] : _outstanding;
        number = Sent + 1;
        ref var outstanding = ref _outstanding[number % MaximumOutstanding];
        if (outstanding)
        {
            return false;
        }

        (outstanding, Sent) = (true, number);
        return true;
    }

    /// <summary>Takes the answer to a number, if there is to be one.</summary>
    public bool TryEnd(long number)
    {
        if (number > Sent || !_outstanding[number % MaximumOutstanding])
        {
            return false;
        }

        _outstanding[number % MaximumOutstanding] = false;
        Answered++;
        return true;
    }
}
