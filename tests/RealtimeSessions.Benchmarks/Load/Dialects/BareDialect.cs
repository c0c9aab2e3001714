using System.Globalization;
using System.Text.Unicode;

namespace RealtimeSessions.Benchmarks.Load.Dialects;

/// <summary>The hubs of the baselines. They know no order but that of each writer, so that is what is checked.</summary>
internal class BareDialect(PatchShape shape) : Dialect(shape)
{
    public const string Name = "bare";

    private static readonly byte[] Tail = "]}\u001e"u8.ToArray();

    public override async Task JoinAsync(Member member)
    {
        await member.CallAsync("Join", $"[\"{member.Session}\"]");
        member.Ready();
    }

    public override int WritePatch(Member member, long number, Span<byte> to)
    {
        var length = WriteHead(member, number, to);
        length += Shape.Write(to[length..], member.Seat, number);
        Tail.CopyTo(to[length..]);
        return length + Tail.Length;
    }

    public override void Take(Member member, ReadOnlySpan<byte> record)
    {
        var (writer, number) = (NumberAfter(record, "\"w\":"u8), PatchNumber(record));
        if (writer >= member.LastOfWriters.Length)
        {
            var last = member.LastOfWriters;
            Array.Resize(ref last, (int)writer + 1);
            member.LastOfWriters = last;
        }

        ref var known = ref member.LastOfWriters[writer];
        if (number != known + 1)
        {
            member.Disorder(known + 1, number);
        }

        known = number;
        member.Count(record);
    }

    /// <summary>Writes the call up to where the patch stands.</summary>
    protected virtual int WriteHead(Member member, long number, Span<byte> to)
    {
        Utf8.TryWrite(
            to, CultureInfo.InvariantCulture,
            $"{{\"type\":1,\"invocationId\":\"{number}\",\"target\":\"Patch\",\"arguments\":[\"{member.Session}\",", out var length);
        return length;
    }
}
