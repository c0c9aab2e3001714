using RealtimeSessions.Client.Tests.Sessions;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Conversations;
using RealtimeSessions.Protocol.Requests;

namespace RealtimeSessions.Client.Tests.Conversations;

/// <summary>A hub in memory with the conversation 7, whose log the test writes; the caller is the user 1. Comments wait for the test.</summary>
internal sealed class FakeConversationHub : FakeServer
{
    public const long Id = 7, Caller = 1;

    public FakeConversationHub() => Held = ["CreateComment"];

    public List<ConversationEvent> Log { get; } = [];

    public string Epoch { get; set; } = "e1";

    /// <summary>Answers a join; null: it is taken.</summary>
    public ErrorCode? Refusal { get; set; }

    public Position Head => new(Epoch, Log.Count);

    /// <summary>Notes an event in the log, and tells it.</summary>
    public ConversationEvent Make(ConversationEvent made, bool isTold = true)
    {
        made = made with { ConversationId = Id, Sequence = Log.Count + 1, EventId = Guid.NewGuid(), CreatedAt = DateTimeOffset.UnixEpoch };
        Log.Add(made);
        if (isTold)
        {
            Tell(made);
        }

        return made;
    }

    /// <summary>Somebody else's comment.</summary>
    public ConversationEvent Comment(string content, bool isTold = true) =>
        Make(new CommentCreated { UserId = 2, Comment = New(2, content) }, isTold);

    public void Rename(string name) => Make(new ConversationUpdated { UserId = 2, Conversation = Conversation(name) });

    public void Tell(ConversationEvent made) => Listener.OnEvent(made);

    /// <summary>The state with the latest two comments.</summary>
    public void Reset()
    {
        var comments = Comments(before: long.MaxValue);
        Listener.OnReset(new ConversationReset(Id, Conversation("Plans"), [.. comments.TakeLast(2)], comments.Length > 2, Head));
    }

    public void PutOut(string reason, Position? feed = null) => Listener.OnLeft(new ConversationLeft(Id, reason) { Feed = feed });

    /// <summary>Takes a comment of the caller into the log; neither told nor answered.</summary>
    public ConversationEvent Accept(FakeCall call)
    {
        var request = (CreateCommentRequest)call.Request;
        var comment = New(Caller, request.Content) with { Priority = request.Priority!.Value, Mentions = [new Mention { UserId = 2 }] };
        return Make(
            new CommentCreated { UserId = Caller, WriterId = request.WriterId, WriterSequence = request.WriterSequence, Comment = comment }, isTold: false);
    }

    /// <summary>Answers a comment that is in the log.</summary>
    public void Answer(FakeCall call, ConversationEvent made, bool isDuplicate = false) => call.Answer.SetResult(
        new CommentAck(Head with { Sequence = made.Sequence }, isDuplicate ? 0 : 1)
        {
            CommentId = ((CommentCreated)made).Comment.CommentId, EventId = made.EventId, CreatedAt = made.CreatedAt, Duplicate = isDuplicate,
        });

    /// <summary>Takes a join that was held.</summary>
    public JoinedConversation Joined(ResumePosition? since)
    {
        var isRecovered = since is not null && since.Epoch == Epoch && since.Sequence <= Log.Count;
        if (isRecovered)
        {
            Log.Skip((int)since!.Sequence).ToList().ForEach(Tell);
        }
        else
        {
            Reset();
        }

        return new JoinedConversation(Conversation("Plans"), isRecovered ? Head with { Sequence = since!.Sequence } : Head, isRecovered, Caller);
    }

    /// <summary>A page as the server makes it.</summary>
    public CommentPage Page(ListCommentsRequest request)
    {
        var comments = Comments(request.Before ?? long.MaxValue);
        return new CommentPage([.. comments.Reverse().Take(request.Limit ?? 100)], comments.Length > (request.Limit ?? 100));
    }

    protected override object? Take(FakeCall call)
    {
        switch (call.Request)
        {
            case JoinConversationRequest when Refusal is { } code:
                call.Fail(code);
                return null;
            case JoinConversationRequest join: return Joined(join.Since);
            case ListCommentsRequest list: return Page(list);
            default: return new Empty();
        }
    }

    private PlacedComment[] Comments(long before) =>
        [.. Log.OfType<CommentCreated>().Where(made => made.Sequence < before).Select(made => PlacedComment.Of(made, made.Sequence))];

    private Comment New(long creatorId, string content) => new()
    {
        CommentId = 100 + Log.Count, ConversationId = Id, CreatorId = creatorId, Content = content, CreatedAt = DateTimeOffset.UnixEpoch,
    };

    private static Conversation Conversation(string name) => new()
    {
        ConversationId = Id, Name = name, CreatorId = 2, CreatedAt = DateTimeOffset.UnixEpoch, UpdatedAt = DateTimeOffset.UnixEpoch,
    };
}
