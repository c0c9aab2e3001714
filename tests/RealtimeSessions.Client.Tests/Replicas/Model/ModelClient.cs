using RealtimeSessions.Client.Replicas;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;

namespace RealtimeSessions.Client.Tests.Replicas.Model;

/// <summary>A replica and its connection: calls go out in order, callbacks come in order, answers come as they like.</summary>
internal sealed class ModelClient
{
    private readonly Random _random;
    private readonly ModelServer _server;
    private readonly Queue<object> _calls = new();
    private readonly List<Action<Replica>> _answers = [];
    private readonly List<object> _callbacks = [];
    private int _writers;
    private bool _isConnected;
    private bool _waits;
    private Position _told;

    /// <param name="number">Which client.</param>
    /// <param name="server">The server.</param>
    /// <param name="random">Chance.</param>
    public ModelClient(int number, ModelServer server, Random random)
    {
        (Number, _server, _random) = (number, server, random);
        Replica = new Replica(new SessionKey("demo", "board"), new ReplicaLimits { InFlight = 4 }, () => $"c{number}w{++_writers}");
    }

    public int Number { get; }

    public Replica Replica { get; }

    /// <summary>Its changes, in the order they were made.</summary>
    public List<Change> Made { get; } = [];

    /// <summary>The changes that were told as refused, and why.</summary>
    public Dictionary<Change, ErrorCode> Refused { get; } = [];

    public bool IsQuiet => _isConnected && !_waits && _calls.Count == 0 && _answers.Count == 0 && _callbacks.Count == 0;

    /// <summary>The writers whose first change is on its way, or may be sent again.</summary>
    public IEnumerable<string> Beginning() => _calls.OfType<SentChange>().Where(sent => sent.Number == 1).Select(sent => sent.WriterId)
        .Concat(Replica.Unanswered().Where(change => change.WriterSequence == 1).Select(change => change.WriterId!));

    public void Answer(Action<Replica> answer) => _answers.Add(answer);

    public void Tell(SessionEvent next) => _callbacks.Add(next);

    public void Reset(SessionReset reset) => _callbacks.Add(reset);

    public void Make(string? name, JsonTree? content)
    {
        // Before the first state there is no live session to make it in.
        if (Replica.Confirmed is null)
        {
            return;
        }

        var change = new Change(name, content, DateTimeOffset.UnixEpoch);
        Made.Add(change);
        Do(replica => Assert.Null(replica.Make(change)));
    }

    public void Undo()
    {
        if (Replica.Confirmed is null)
        {
            return;
        }

        Do(replica =>
        {
            var undone = replica.Undo(DateTimeOffset.UnixEpoch);
            Assert.Null(undone.Error);
            if (undone.Value is { } change)
            {
                Made.Add(change);
            }
        });
    }

    /// <summary>Asks for something else than a change, where there is a connection.</summary>
    public void Rename(string name)
    {
        if (_isConnected)
        {
            _calls.Enqueue(new SentRename(name));
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
        if (!_isConnected)
        {
            return;
        }

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

    /// <summary>The server takes the next call.</summary>
    public void Arrive()
    {
        switch (_calls.TryDequeue(out var call) ? call : null)
        {
            case ReplicaOutput.Join join: _server.Join(this, join.Since); break;
            case SentChange sent: _server.Take(this, sent); break;
            case SentRename rename: _server.Take(this, rename); break;
        }
    }

    /// <summary>An answer comes.</summary>
    public void Hear()
    {
        if (_answers.Count > 0)
        {
            var index = _random.Next(_answers.Count);
            var answer = _answers[index];
            _answers.RemoveAt(index);
            Do(answer);
        }
    }

    /// <summary>The next callback comes; what else is behind may be told in one.</summary>
    public void Listen(bool conflate)
    {
        if (_callbacks.Count > 0)
        {
            var next = conflate ? TakeRun() : Take();
            Do(replica =>
            {
                if (next is SessionReset reset)
                {
                    replica.OnReset(reset);
                }
                else
                {
                    replica.OnEvent((SessionEvent)next);
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

    private object Take()
    {
        var next = _callbacks[0];
        _callbacks.RemoveAt(0);
        return next;
    }

    private object TakeRun()
    {
        var next = Take();
        var first = (next as SessionEvent)?.Sequence ?? 0;
        while (next is SessionDataUpdated last && _callbacks is [SessionDataUpdated after, ..]
            && after.Sequence > last.Sequence && _server.AreOwn(this, last.Sequence + 1, after.Sequence - 1))
        {
            Take();
            var run = _server.Run(first, after.Sequence);
            next = after with { Data = run.Data, Clear = run.Clear, FromSequence = first };
        }

        return next;
    }

    private void Do(Action<Replica> step)
    {
        step(Replica);
        foreach (var output in Replica.TakeOutputs())
        {
            switch (output)
            {
                case ReplicaOutput.Join: _calls.Enqueue(output); break;
                case ReplicaOutput.Send<Change> { Change: var change }: _calls.Enqueue(new SentChange(change, change.WriterId!, change.WriterSequence)); break;
                case ReplicaOutput.Wait: _waits = true; break;
                case ReplicaOutput.Refused<Change> refused: Refused.Add(refused.Change, refused.Error.Code); break;
                case ReplicaOutput.WasReset reset: _told = reset.Position; break;
                case ReplicaOutput.Applied<SessionEvent> applied:
                    Assert.Equal(_told.Epoch, applied.Position.Epoch);
                    Assert.InRange(_told.Sequence + 1, Replica.FirstOf(applied.Event), applied.Position.Sequence);
                    _told = applied.Position;
                    break;
            }
        }
    }
}
