using System.Globalization;
using RealtimeSessions.Client.Replicas;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Conversations;

namespace RealtimeSessions.Client.Tests.Replicas.Model;

/// <summary>A replica of a conversation and its connection: calls go out in order, events and answers come as they like.</summary>
internal sealed class ConversationModelClient
{
    private readonly Random _random;
    private readonly ConversationModelServer _server;
    private readonly Queue<object> _calls = new();
    private readonly List<Action<ConversationReplica>> _answers = [];
    private readonly List<object> _callbacks = [];
    private int _writers;
    private int _comments;
    private bool _isConnected;
    private bool _waits;
    private Position _told;

    public ConversationModelClient(long userId, ConversationModelServer server, Random random)
    {
        (UserId, _server, _random) = (userId, server, random);
        Replica = new ConversationReplica(7, new ReplicaLimits { InFlight = 4 }, () => $"c{userId}w{++_writers}");
    }

    public long UserId { get; }

    public ConversationReplica Replica { get; }

    /// <summary>Its comments, in the order they were made.</summary>
    public List<CommentChange> Made { get; } = [];

    /// <summary>Those that were told as refused, and why.</summary>
    public Dictionary<CommentChange, ErrorCode> Refused { get; } = [];

    public bool IsQuiet => _isConnected && !_waits && _calls.Count == 0 && _answers.Count == 0 && _callbacks.Count == 0;

    public void Answer(Action<ConversationReplica> answer) => _answers.Add(answer);

    public void Tell(object callback) => _callbacks.Add(callback);

    public void Make()
    {
        if (Replica.Confirmed is not null)
        {
            var change = new CommentChange(string.Create(CultureInfo.InvariantCulture, $"{UserId}-{++_comments}"), CommentPriority.Normal, default);
            Made.Add(change);
            Do(replica => Assert.Null(replica.Make(change)));
        }
    }

    public void Connect()
    {
        if (!_isConnected)
        {
            _isConnected = true;
            Do(static replica => replica.OnConnected());
        }
    }

    /// <summary>Cuts the connection; some of what was sent arrives all the same.</summary>
    public void Cut()
    {
        if (_isConnected)
        {
            for (var arrives = _random.Next(_calls.Count + 1); arrives > 0; arrives--)
            {
                Arrive();
            }

            _server.Leave(this);
            _calls.Clear();
            _answers.Clear();
            _callbacks.Clear();
            _isConnected = false;
            Do(static replica => replica.OnDisconnected());
        }
    }

    /// <summary>The server takes the next call.</summary>
    public void Arrive()
    {
        switch (_calls.TryDequeue(out var call) ? call : null)
        {
            case ReplicaOutput.Join join: _server.Join(this, join.Since); break;
            case SentComment sent: _server.Take(this, sent); break;
        }
    }

    /// <summary>An answer comes.</summary>
    public void Hear()
    {
        if (_answers.Count > 0)
        {
            var answer = _answers[_random.Next(_answers.Count)];
            _answers.Remove(answer);
            Do(answer);
        }
    }

    /// <summary>A callback comes: one of the next three, but none before or after a reset that it does not belong to.</summary>
    public void Listen()
    {
        var count = _callbacks.Take(3).TakeWhile(static callback => callback is ConversationEvent).Count();
        if (_callbacks.Count > 0)
        {
            var callback = _callbacks[_random.Next(Math.Max(1, count))];
            _callbacks.Remove(callback);
            Do(replica =>
            {
                if (callback is ConversationReset reset)
                {
                    replica.OnReset(reset);
                }
                else
                {
                    replica.OnEvent((ConversationEvent)callback);
                }
            });
        }
    }

    public void Retry()
    {
        _waits = false;
        Do(static replica => replica.OnRetry());
    }

    public void CloseGap() => Do(static replica => replica.OnGapTimeout());

    private void Do(Action<ConversationReplica> step)
    {
        step(Replica);
        foreach (var output in Replica.TakeOutputs())
        {
            switch (output)
            {
                case ReplicaOutput.Join: _calls.Enqueue(output); break;
                case ReplicaOutput.Send<CommentChange> { Change: var change }: _calls.Enqueue(new SentComment(change, change.WriterId!, change.WriterSequence)); break;
                case ReplicaOutput.Wait: _waits = true; break;
                case ReplicaOutput.Refused<CommentChange> refused: Refused.Add(refused.Change, refused.Error.Code); break;
                case ReplicaOutput.WasReset reset: _told = reset.Position; break;
                case ReplicaOutput.Applied<ConversationEvent> applied:
                    Assert.Equal(_told with { Sequence = _told.Sequence + 1 }, applied.Position);
                    _told = applied.Position;
                    break;
            }
        }
    }
}
