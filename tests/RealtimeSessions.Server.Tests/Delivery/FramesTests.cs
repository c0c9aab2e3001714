using System.Reflection;
using System.Text;
using System.Text.Json.Serialization;
using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Delivery.Channels;
using RealtimeSessions.Server.Delivery.Frames;
using RealtimeSessions.Server.Delivery.Sessions;
using RealtimeSessions.Server.Sessions;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Delivery;

public sealed class FramesTests
{
    private static readonly JsonFrameEncoder Json = new();
    private static readonly SessionKey Key = new("demo", "board");

    public static TheoryData<string> Types => [.. Events.Keys];

    internal static Dictionary<string, SessionEvent> Events { get; } = new()
    {
        ["session_created"] = Make.Created(
            new Participant("bob"), new Participant("designers") { Type = ParticipantType.Group, Role = "Viewer" }),
        ["session_updated"] = Make.Renamed("Board 2"),
        ["session_properties_updated"] = Make.Filed(("room", "4711"), ("floor", "3")),
        ["session_data_updated"] = Make.Patched("""{"n":1.10,"gone":null,"list":[{"a":null}]}""") with { WriterId = "w", WriterSequence = 7 },
        ["session_participant_added"] = Make.Added(new Participant("designers") { Type = ParticipantType.Group, Role = "Viewer" }),
        ["session_participant_removed"] = Make.Removed(new Participant("bert")),
        ["session_event_created"] = Make.Custom("bell", "[1]"),
        ["session_closed"] = Make.Closed() with { Source = EventSource.Rest },
        ["session_deleted"] = Make.Deleted() with { Source = EventSource.System },
    };

    [Fact]
    public void Encode_ACallback_IsOneInvocation() => Assert.Equal(
        "{\"type\":1,\"target\":\"SessionReset\",\"arguments\":[{\"a\":1}]}\u001e",
        Encoding.UTF8.GetString(Json.Encode("SessionReset", "{\"a\":1}"u8)));

    [Theory]
    [MemberData(nameof(Types))]
    public void Event_OfEachType_CallsItsCallback(string type)
    {
        var frame = Encoding.UTF8.GetString(SessionCallbacks.Event(Json, Key, Make.Stored(3, Events[type])));
        var callback = string.Concat(type.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

        Assert.StartsWith($"{{\"type\":1,\"target\":\"{callback}\",\"arguments\":[{{\"eventType\":\"{type}\",", frame, StringComparison.Ordinal);
        Assert.EndsWith("}]}\u001e", frame, StringComparison.Ordinal);
    }

    [Fact]
    public void Event_EveryKindOfEvent_IsAmongThese()
    {
        var known = typeof(SessionEvent).GetCustomAttributes<JsonDerivedTypeAttribute>().ToArray();

        Assert.Equal(known.Select(attribute => attribute.TypeDiscriminator), Events.Keys.OrderBy(type => Array.FindIndex(known, a => Equals(a.TypeDiscriminator, type))));
        Assert.Equal(
            typeof(SessionEvent).Assembly.GetTypes().Where(type => type.BaseType == typeof(SessionEvent)).Select(type => type.Name).Order(),
            known.Select(attribute => attribute.DerivedType.Name).Order());
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Store_AndSend_AreAsTheFilesSay(string type)
    {
        var stored = Make.Stored(3, Events[type]);

        Golden.AssertEqual($"{type}.stored.json", Encoding.UTF8.GetString(stored.Payload.Span));
        Golden.AssertEqual($"{type}.sent.json", Encoding.UTF8.GetString(SessionEventJson.Send(Key, stored)));
    }

    [Theory]
    [InlineData(0, "12:00:00Z")]
    [InlineData(120, "12:00:00.12Z")]
    [InlineData(123, "12:00:00.123Z")]
    public void Send_ATime_IsWrittenAsEverywhere(int milliseconds, string expected)
    {
        var stored = Make.Stored(3, Make.Closed()) with { CreatedAt = Make.Noon.AddMilliseconds(milliseconds) };

        Assert.Contains($"\"createdAt\":\"2026-11-21T{expected}\"", Encoding.UTF8.GetString(SessionEventJson.Send(Key, stored)), StringComparison.Ordinal);
    }

    [Fact]
    public void Cut_SmallFrames_AreAtMost32KiBEach()
    {
        var frames = Enumerable.Range(1, 100).Select(i => ((long)i, (byte[]?)new byte[1_000])).ToArray();

        var batches = Batch.Cut(frames).ToArray();

        Assert.Equal([32L, 64, 96, 100], batches.Select(batch => batch.Last));
        Assert.All(batches, batch => Assert.InRange(Length(batch), 1, 32 * 1024));
        Assert.Equal(100_000, batches.Sum(Length));
    }

    [Fact]
    public void Cut_AFrameThatIsLargeByItself_GoesAlone()
    {
        var batches = Batch.Cut([(1, new byte[10]), (2, new byte[40_000]), (3, new byte[10])]).ToArray();

        Assert.Equal([(1L, 10), (2L, 40_000), (3L, 10)], batches.Select(batch => (batch.Last, Length(batch))));
    }

    [Fact]
    public void Cut_FramesLeftOut_MoveTheCursorAllTheSame()
    {
        var batch = Assert.Single(Batch.Cut([(1, new byte[10]), (2, new byte[10]), (3, null)]));

        Assert.Equal((3L, 2L, 20), (batch.Last, batch.LastWritten, Length(batch)));
        Assert.Equal(new Batch(3, 0, null, 0), Assert.Single(Batch.Cut([(1, null), (2, null), (3, null)])));
        Assert.Empty(Batch.Cut([]));
    }

    [Fact]
    public void Cut_ForAMemberWhoMadeOne_LeavesItOutAndNeverEncodesIt()
    {
        var member = new SessionMember(new TestClient(ServerParts.Alice).Connection, channel: null!, Json, echo: false);
        ChannelEvent[] events = [.. Enumerable.Range(1, 3).Select(i => i == 2 ? Unreadable(i) : new SessionChannelEvent(Key, Make.Stored(i, Make.Custom("n"))))];
        Assert.ThrowsAny<Exception>(() => events[1].FrameFor(member));
        member.Withhold(2);

        var batch = Assert.Single(member.Cut(events));

        Assert.Equal((3L, 3L), (batch.Last, batch.LastWritten));
        Assert.Equal([.. events[0].FrameFor(member)!, .. events[2].FrameFor(member)!], batch.Message!.Bytes.ToArray());
        Assert.ThrowsAny<Exception>(() => member.Cut(events).Count());

        static SessionChannelEvent Unreadable(long sequence) => new(Key, new LogEvent(sequence, Guid.NewGuid(), Make.Noon, "no event"u8.ToArray()));
    }

    [Fact]
    public void Ring_OfManyEvents_HoldsTheLatest()
    {
        var ring = new EventRing();
        for (var i = 1; i <= (3 * EventRing.MaximumEvents) + 10; i++)
        {
            ring.Add(new SessionChannelEvent(Key, Make.Stored(i, Make.Custom("n"))));
            Assert.Equal(Enumerable.Range((int)ring.First, (int)(i - ring.First + 1)), ring.After(ring.First - 1).Select(next => (int)next.Sequence));
        }

        Assert.Equal(((2 * EventRing.MaximumEvents) + 11, (3 * EventRing.MaximumEvents) + 10), (ring.First, ring.Last));
        Assert.True(ring.Reaches(ring.First - 1));
        Assert.False(ring.Reaches(ring.First - 2));
        Assert.Throws<InvalidOperationException>(() => ring.After(ring.First - 2).Count());
    }

    [Fact]
    public void FrameFor_MembersOfOneProtocol_IsEncodedOnce()
    {
        var next = new SessionChannelEvent(Key, Make.Stored(1, Make.Custom("n")));
        var deletion = new SessionChannelEvent(Key, Make.Stored(2, Make.Deleted()));

        Assert.Same(next.FrameFor(Member()), next.FrameFor(Member()));
        Assert.Null(deletion.FrameFor(Member()));

        static SessionMember Member() => new(new TestClient(ServerParts.Alice).Connection, channel: null!, Json, echo: false);
    }

    [Fact]
    public void Ring_OneEventBeyondItsBytes_HoldsThatOne()
    {
        var ring = new EventRing();
        ring.Add(new SessionChannelEvent(Key, Make.Stored(1, Make.Custom("n"))));
        ring.Add(new SessionChannelEvent(Key, new LogEvent(2, Guid.NewGuid(), Make.Noon, new byte[EventRing.MaximumBytes + 1])));

        Assert.Equal((2, 2), (ring.First, ring.Last));
        ring.Clear();
        Assert.False(ring.Reaches(2));
    }

    private static int Length(Batch batch) => batch.Message!.Bytes.Length;
}
