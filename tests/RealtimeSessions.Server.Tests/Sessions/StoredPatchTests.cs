using System.Text;
using System.Text.Json;
using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;
using RealtimeSessions.Server.Sessions;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Sessions;

public class StoredPatchTests
{
    public static TheoryData<string, string?, long?, EventSource> Patches => new()
    {
        { """{"a":{"b":[1,{"c":null}],"d":"ü\u0001\""}}""", null, null, EventSource.Hub },
        { """{"n":12345678901234567890,"x":1.10}""", "writer-1", 7, EventSource.Rest },
        { "{}", "w", long.MaxValue, EventSource.System },
    };

    [Theory]
    [MemberData(nameof(Patches))]
    public void Write_AnyPatch_IsWhatTheSerializerWrites(string data, string? writer, long? number, EventSource source)
    {
        var patch = new SessionDataUpdated
        {
            Data = JsonTree.Parse(Encoding.UTF8.GetBytes(data)),
            UserId = "Jürgen <\"o'hara\"> \ud83d\ude00 \ud83d",
            Source = source,
            Timestamp = new DateTimeOffset(2026, 11, 21, 20, 33, 46, 120, TimeSpan.FromHours(2)),
            Version = 3,
            WriterId = writer,
            WriterSequence = number,
        };

        var stored = StoredPatch.Write(patch);

        Assert.Equal(
            Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes<SessionEvent>(patch, ProtocolJsonContext.Default.SessionEvent)),
            Encoding.UTF8.GetString(stored));
        Assert.Equal(patch.Data, StoredPatch.ReadData(stored));
    }

    [Fact]
    public void ReadPatch_DataBeforeOtherMembers_IsFound()
    {
        var stored = """{"eventType":"session_data_updated","data":{"a":1},"source":{"data":2},"version":1}"""u8.ToArray();

        var patch = SessionEventJson.ReadPatch(new LogEvent(1, Guid.NewGuid(), Make.Noon, stored));

        Assert.Equal("""{"a":1}""", patch?.ToString());
    }

    [Fact]
    public void ReadPatch_OtherEvent_IsNone() =>
        Assert.Null(SessionEventJson.ReadPatch(Make.Stored(1, new SessionEventCreated { Name = "x", Data = JsonTree.Empty, UserId = "a" })));
}
