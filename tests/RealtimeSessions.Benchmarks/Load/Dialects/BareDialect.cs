using System.Globalization;
using System.Text.Unicode;

namespace RealtimeSessions.Benchmarks.Load.Dialects;

/// <summary>The hub of the baseline. It knows no order but that of each writer, so that is what is checked.</summary>
internal sealed class BareDialect : Dialect
{
    public const string Name = "bare";

    public override string Path(string? token) => "/hub";

    public override async Task JoinAsync(Member member)
    {
        await member.CallAsync("Join", $"[\"{member.Session}\"]");
        member.Ready();
    }

    public override int WritePatch(Member member, long number, Span<byte> to)
    {
        Utf8.TryWrite(
            to, CultureInfo.InvariantCulture,
            $"{{\"type\":1,\"invocationId\":\"{number}\",\"target\":\"Patch\",\"arguments\":[\"{member.Session}\",{{\"item{number % Names}\":{{\"w\":{member.Seat},\"n\":{number},\"x\":{number * 7 % 1000},\"y\":{number * 13 % 1000},\"t\":\"some text that a patch of usual size may carry\"}}}}]}}\u001e",
            out var written);
        return written;
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
}
