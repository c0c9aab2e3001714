using System.Globalization;
using System.Text;
using System.Text.Json;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;
using RealtimeSessions.Protocol.Requests;

namespace RealtimeSessions.Client.Tests.Sessions;

/// <summary>A hub in memory with one session, whose log the test writes. Changes wait for the test.</summary>
internal sealed class FakeHub : FakeServer
{
    public FakeHub() => Held = ["PatchSessionData", "CreateSessionEvent"];

    public List<SessionEvent> Log { get; } = [];

    public string Epoch { get; set; } = "e1";

    /// <summary>Answers a join; null: it is taken.</summary>
    public Func<JoinSessionRequest, ErrorCode?> Refuses { get; set; } = _ => null;

    public Position Head => new(Epoch, Log.Count);

    /// <summary>Somebody else's patch or event.</summary>
    public void Make(SessionEvent made, bool isTold = true)
    {
        made = made with { ApplicationId = "demo", SessionId = "board", Sequence = Log.Count + 1, UserId = "bob", Version = 1, EventId = Guid.NewGuid() };
        Log.Add(made);
        if (isTold)
        {
            Listener.OnEvent(made);
        }
    }

    public void Make(string patch, bool isTold = true) => Make(new SessionDataUpdated { Data = JsonTree.Parse(patch) }, isTold);

    public void Reset() => Listener.OnReset(new SessionReset("demo", "board", Session(), Data(), Log.Count, Head));

    public void PutOut(string reason) => Listener.OnLeft(new SessionLeft("demo", "board", reason));

    /// <summary>Takes a change into the log and answers it.</summary>
    public void Answer(FakeCall call)
    {
        Make(new SessionDataUpdated { Data = ((PatchSessionDataRequest)call.Request).Data }, isTold: false);
        call.Answer.SetResult(new Ack(Head, 1) { EventId = Log[^1].EventId });
    }

    /// <summary>Takes a join that was held.</summary>
    public JoinedSession Joined(bool isRecovered)
    {
        if (!isRecovered)
        {
            Reset();
        }

        return new JoinedSession(Session(), Head, isRecovered, $"connection-{Links.Count.ToString(CultureInfo.InvariantCulture)}", "alice");
    }

    protected override object? Take(FakeCall call)
    {
        if (call.Request is JoinSessionRequest join)
        {
            if (Refuses(join) is { } code)
            {
                call.Fail(code);
                return null;
            }

            return Joined(isRecovered: join.Since is { } since && since.Epoch == Epoch && since.Sequence == Log.Count);
        }

        return call.Request is ListSessionEventsRequest page ? Page(page) : new Empty();
    }

    private SessionEventPage Page(ListSessionEventsRequest page)
    {
        var events = Log.Skip((int)page.After!).Take(page.Limit!.Value).ToArray();
        var texts = events.Select(next => new RawJson(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(next, ProtocolJsonContext.Default.SessionEvent))));
        return new SessionEventPage([.. texts], events is [.., var last] ? Head with { Sequence = last.Sequence } : Head, 1);
    }

    private JsonTree Data() => Log.OfType<SessionDataUpdated>().Aggregate(JsonTree.Empty, (data, next) => MergePatch.Apply(data, next.Data));

    private static Session Session() => new()
    {
        ApplicationId = "demo", SessionId = "board", Name = "Board", Participants = [], CreatedBy = "alice", CreatedAt = DateTimeOffset.UnixEpoch,
        ModifiedBy = "alice", ModifiedAt = DateTimeOffset.UnixEpoch, Properties = new Dictionary<string, string>(),
    };
}
