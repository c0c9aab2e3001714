using System.Globalization;
using System.Text;
using System.Text.Json;
using RealtimeSessions.Client.Connecting;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Testing;

namespace RealtimeSessions.Client.Tests.Sessions;

/// <summary>A hub in memory with one session, whose log the test writes. Joins, leaves and pages are answered at once unless they are held; changes wait for the test.</summary>
internal sealed class FakeHub
{
    private IHubListener _listener = null!;

    public List<SessionEvent> Log { get; } = [];

    public string Epoch { get; set; } = "e1";

    /// <summary>The methods whose calls wait for the test.</summary>
    public HashSet<string> Held { get; } = ["PatchSessionData", "CreateSessionEvent"];

    /// <summary>Answers a join; null: it is taken.</summary>
    public Func<JoinSessionRequest, ErrorCode?> Refuses { get; set; } = _ => null;

    public List<FakeLink> Links { get; } = [];

    public FakeLink Link => Links[^1];

    public VirtualTime Time { get; } = new();

    public RecordedLogs Logs { get; } = new();

    public Position Head => new(Epoch, Log.Count);

    public RealtimeClient Client() => new(
        new RealtimeClientOptions { Url = new("http://localhost"), AccessToken = _ => Task.FromResult("token") },
        (listener, _) =>
        {
            _listener = listener;
            Links.Add(new FakeLink(Take));
            return Task.FromResult<IHubLink>(Link);
        },
        Logs,
        Time);

    /// <summary>Somebody else's patch or event.</summary>
    public void Make(SessionEvent made, bool isTold = true)
    {
        made = made with { ApplicationId = "demo", SessionId = "board", Sequence = Log.Count + 1, UserId = "bob", Version = 1, EventId = Guid.NewGuid() };
        Log.Add(made);
        if (isTold)
        {
            _listener.OnEvent(made);
        }
    }

    public void Make(string patch, bool isTold = true) => Make(new SessionDataUpdated { Data = JsonTree.Parse(patch) }, isTold);

    public void Reset() => _listener.OnReset(new SessionReset("demo", "board", Session(), Data(), Log.Count, Head));

    public void PutOut(string reason) => _listener.OnLeft(new SessionLeft("demo", "board", reason));

    /// <summary>The calls of a method, once there are as many.</summary>
    /// <param name="method">The method.</param>
    /// <param name="count">How many.</param>
    /// <param name="timeGoesOn">Whether what waits for the clock goes on meanwhile, as a connection that is made anew.</param>
    public async Task<FakeCall[]> CallsAsync(string method, int count = 1, bool timeGoesOn = false)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            patience.Token.ThrowIfCancellationRequested();
            FakeCall[] calls = [.. Links.ToArray().SelectMany(link => link.Calls).Where(call => call.Method == method)];
            if (calls.Length >= count)
            {
                return calls;
            }

            Time.Advance(timeGoesOn ? TimeSpan.FromMilliseconds(50) : TimeSpan.Zero);
            await Task.Yield();
        }
    }

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

    private object? Take(FakeCall call)
    {
        if (Held.Contains(call.Method))
        {
            return null;
        }

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
