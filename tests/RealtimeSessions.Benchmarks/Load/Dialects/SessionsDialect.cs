using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace RealtimeSessions.Benchmarks.Load.Dialects;

/// <summary>The hub of this product. Every member has joined with <c>echo</c>, and sees every event of its session.</summary>
internal class SessionsDialect(PatchShape shape) : Dialect(shape)
{
    public const string Name = "sessions";

    private static readonly byte[] Head = "{\"type\":1,\"target\":\""u8.ToArray();
    private static readonly byte[] Tail = "}]}\u001e"u8.ToArray();

    /// <summary>Whether the members see their own events.</summary>
    protected virtual bool Echo => true;

    public override async Task JoinAsync(Member member)
    {
        var isBack = member.Epoch is not null;
        var answer = await member.CallAsync("JoinSession", JsonSerializer.Serialize(new[]
        {
            new
            {
                applicationId = "demo",
                sessionId = member.Session,
                echo = Echo,
                since = isBack ? new { epoch = member.Epoch, sequence = member.Sequence } : null,
            },
        }));
        if (isBack)
        {
            if (!answer.Contains("\"recovered\":true", StringComparison.Ordinal))
            {
                throw new LoadException($"A member could not continue: {answer}");
            }

            member.Ready();
        }
    }

    public override int WritePatch(Member member, long number, Span<byte> to)
    {
        Utf8.TryWrite(
            to, CultureInfo.InvariantCulture,
            $"{{\"type\":1,\"invocationId\":\"{number}\",\"target\":\"PatchSessionData\",\"arguments\":[{{\"applicationId\":\"demo\",\"sessionId\":\"{member.Session}\",\"data\":",
            out var length);
        length += Shape.Write(to[length..], member.Seat, number);
        Tail.CopyTo(to[length..]);
        return length + Tail.Length;
    }

    public override void Take(Member member, ReadOnlySpan<byte> record)
    {
        var callback = record[Head.Length..];
        if (callback.StartsWith("SessionReset\""u8))
        {
            TakeReset(member, record);
            return;
        }

        if (callback.StartsWith("SessionLeft\""u8))
        {
            member.Leave(Encoding.UTF8.GetString(record));
            return;
        }

        var sequence = NumberAfter(record, "\"sequence\":"u8);
        if (sequence != member.Sequence + 1)
        {
            member.Disorder(member.Sequence + 1, sequence);
        }

        member.Sequence = sequence;
        member.Count(record);
    }

    private static void TakeReset(Member member, ReadOnlySpan<byte> record)
    {
        if (member.Epoch is not null)
        {
            member.Fail("got a reset instead of events");
            return;
        }

        var reader = new Utf8JsonReader(record);
        using var reset = JsonDocument.ParseValue(ref reader);
        var position = reset.RootElement.GetProperty("arguments")[0].GetProperty("position");
        (member.Epoch, member.Sequence) = (position.GetProperty("epoch").GetString(), position.GetProperty("sequence").GetInt64());
        member.Ready();
    }
}
