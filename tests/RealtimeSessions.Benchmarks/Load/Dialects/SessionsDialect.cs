using System.Globalization;
using System.Text.Unicode;

namespace RealtimeSessions.Benchmarks.Load.Dialects;

/// <summary>The hub of this product. Every member has joined with <c>echo</c>, and sees every event of its session.</summary>
internal sealed class SessionsDialect : Dialect
{
    public const string Name = "sessions";

    private static readonly byte[] Head = "{\"type\":1,\"target\":\""u8.ToArray();

    public override string Path(string? token) => $"/hub?access_token={token}";

    public override async Task JoinAsync(Member member) =>
        await member.CallAsync("JoinSession", $$"""[{"applicationId":"demo","sessionId":"{{member.Session}}","echo":true}]""");

    public override int WritePatch(Member member, long number, Span<byte> to)
    {
        Utf8.TryWrite(
            to, CultureInfo.InvariantCulture,
            $"{{\"type\":1,\"invocationId\":\"{number}\",\"target\":\"PatchSessionData\",\"arguments\":[{{\"applicationId\":\"demo\",\"sessionId\":\"{member.Session}\",\"data\":{{\"item{number % Names}\":{{\"w\":{member.Seat},\"n\":{number},\"x\":{number * 7 % 1000},\"y\":{number * 13 % 1000},\"t\":\"some text that a patch of usual size may carry\"}}}}}}]}}\u001e",
            out var written);
        return written;
    }

    public override void Take(Member member, ReadOnlySpan<byte> record)
    {
        var callback = record[Head.Length..];
        var sequence = NumberAfter(record, "\"sequence\":"u8);
        if (callback.StartsWith("SessionReset\""u8))
        {
            member.Sequence = sequence;
            member.Ready();
        }
        else if (sequence != member.Sequence + 1)
        {
            member.Disorder(member.Sequence + 1, sequence);
        }
        else
        {
            member.Sequence = sequence;
            member.Count(record);
        }
    }
}
