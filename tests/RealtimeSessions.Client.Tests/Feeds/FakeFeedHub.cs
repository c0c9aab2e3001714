using RealtimeSessions.Client.Tests.Sessions;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Conversations;
using RealtimeSessions.Protocol.Requests;

namespace RealtimeSessions.Client.Tests.Feeds;

/// <summary>A hub in memory with the application demo and spaces, whose feeds the test writes.</summary>
internal sealed class FakeFeedHub : FakeServer
{
    private static readonly DateTimeOffset Beginning = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public List<ApplicationEvent> Log { get; } = [];

    public string Epoch { get; set; } = "f1";

    /// <summary>What is listed, newest first.</summary>
    public List<Session> Sessions { get; } = [];

    /// <summary>How many sessions a page has at most.</summary>
    public int PageSize { get; set; } = 100;

    /// <summary>Refuses a call; null: it is taken.</summary>
    public Func<FakeCall, ErrorCode?> Refuses { get; set; } = _ => null;

    public Position Head => new(Epoch, Log.Count);

    public static Session New(string id, int second, params (string Name, string Value)[] properties) => new()
    {
        ApplicationId = "demo", SessionId = id, Version = 1, Name = id, Participants = [new("alice"), new("bob")], CreatedBy = "alice",
        CreatedAt = Beginning.AddSeconds(second), ModifiedBy = "alice", ModifiedAt = Beginning,
        Properties = properties.ToDictionary(property => property.Name, property => property.Value),
    };

    /// <summary>Somebody changes a session, which has the sequence of the feed.</summary>
    public void Make(string id, SessionEvent made, Session? whole = null, bool isTold = true)
    {
        var position = Head with { Sequence = Log.Count + 1 };
        made = made with { ApplicationId = "demo", SessionId = id, Sequence = position.Sequence, UserId = "bob", EventId = Guid.NewGuid(), CreatedAt = Beginning };
        Log.Add(new ApplicationEvent(made, whole, position));
        if (isTold)
        {
            Listener.OnEvent(Log[^1]);
        }
    }

    public void Rename(string id, string name, bool isTold = true) => Make(id, new SessionUpdated { Session = new SessionTextChange(name, null) }, isTold: isTold);

    public void Tell(ConversationEvent next) => Listener.OnEvent(next);

    public void PutOut(string reason) => Listener.OnLeft(new FeedLeft("demo", reason));

    public void PutOut(long spaceId, string reason) => Listener.OnLeft(new SpaceFeedLeft(spaceId, reason));

    public void Hide(long conversationId, Position? feed) => Listener.OnLeft(new ConversationLeft(conversationId, "access_revoked") { Feed = feed });

    public void Reset() => Listener.OnReset(new FeedReset("demo", Head));

    public void Move(long sequence) => Listener.OnPosition(new FeedPosition("demo", Head with { Sequence = sequence }));

    public static Position SpacePosition(long spaceId, long sequence) => new($"s{spaceId}", sequence);

    protected override object? Take(FakeCall call)
    {
        if (Refuses(call) is { } code)
        {
            call.Fail(code);
            return null;
        }

        return call.Request switch
        {
            WatchApplicationRequest watch => Watch(watch),
            WatchSpaceRequest watch => Watch(watch),
            ListSessionsRequest list => List(list),
            SessionRequest { SessionId: var id } when call.Method == "GetSession" => Sessions.Single(session => session.SessionId == id),
            _ => new Empty(),
        };
    }

    private WatchedApplication Watch(WatchApplicationRequest watch)
    {
        if (watch.Since is { } since && since.Epoch == Epoch && since.Sequence <= Log.Count)
        {
            Log.Skip((int)since.Sequence).ToList().ForEach(Listener.OnEvent);
            return new WatchedApplication(Head with { Sequence = since.Sequence }, true);
        }

        Listener.OnReset(new FeedReset("demo", Head));
        return new WatchedApplication(Head, false);
    }

    private WatchedSpace Watch(WatchSpaceRequest watch)
    {
        if (watch.Since is { } since)
        {
            return new WatchedSpace(new(since.Epoch, since.Sequence), true);
        }

        var position = SpacePosition(watch.SpaceId, 4);
        Listener.OnReset(new SpaceFeedReset(watch.SpaceId, position));
        return new WatchedSpace(position, false);
    }

    private SessionPage List(ListSessionsRequest list)
    {
        var limit = Math.Min(PageSize, list.Limit!.Value);
        var matching = Sessions.Where(session => (list.Properties ?? new Dictionary<string, string>()).All(session.Properties.Contains)).ToArray();
        var from = list.Cursor is { } cursor ? int.Parse(cursor, null) : 0;
        return new SessionPage([.. matching.Skip(from).Take(limit)], from + limit < matching.Length ? $"{from + limit}" : null);
    }
}
