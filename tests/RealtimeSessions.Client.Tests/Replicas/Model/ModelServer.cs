using RealtimeSessions.Client.Replicas;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;
using RealtimeSessions.Protocol.Requests;

namespace RealtimeSessions.Client.Tests.Replicas.Model;

/// <summary>A change as it was sent: what the replica makes of it later does not touch it.</summary>
internal sealed record SentChange(Change Change, string WriterId, long Number);

/// <summary>A request that is no change of the replica.</summary>
internal sealed record SentRename(string Name);

/// <summary>One session as PROTOCOL.md says it is: a log, its fold, the writers' last numbers. Answers as badly as it may while <see cref="HasFaults"/>.</summary>
/// <param name="random">Where the faults come from.</param>
internal sealed class ModelServer(Random random)
{
    private static readonly DateTimeOffset Time = DateTimeOffset.UnixEpoch;
    private readonly List<ModelClient> _joined = [];
    private readonly Dictionary<string, (long Number, long Sequence)> _writers = [];
    private int _epoch = 1;

    /// <summary>The log, and which change each event is.</summary>
    public List<(SessionEvent Event, Change? Change)> Log { get; } = [];

    public JsonTree Data { get; private set; } = JsonTree.Empty;

    public string Name { get; private set; } = "Board";

    public bool HasFaults { get; set; } = true;

    public Position Head => new($"e{_epoch}", Log.Count);

    /// <summary>Changes something by itself.</summary>
    public void Touch(JsonTree patch) => Append(new SessionDataUpdated { Data = patch, UserId = "system" }, null, null);

    /// <summary>Forgets the writers, but for those whose first change may be sent again: forgotten, it would be taken as new.</summary>
    public void ForgetWriters(IEnumerable<ModelClient> clients)
    {
        var first = clients.SelectMany(client => client.Beginning());
        _writers.Keys.Except(first).ToList().ForEach(writer => _writers.Remove(writer));
    }

    /// <summary>Goes on as another history; whoever was connected is no more.</summary>
    public void ChangeEpoch() => _epoch++;

    public void Join(ModelClient client, ResumePosition? since)
    {
        if (HasFaults && random.Next(8) == 0)
        {
            client.Answer(replica => replica.OnJoinRefused(new Error(ErrorCode.Unavailable, "Model.")));
            return;
        }

        Leave(client);
        _joined.Add(client);
        var isRecovered = since is not null && since.Epoch == Head.Epoch && since.Sequence <= Log.Count && (!HasFaults || random.Next(5) > 0);
        if (isRecovered)
        {
            Log.Skip((int)since!.Sequence).ToList().ForEach(entry => client.Tell(entry.Event));
        }
        else
        {
            client.Reset(new SessionReset("demo", "board", Session(), Data, Log.Count, Head));
        }

        client.Answer(replica => replica.OnJoined(isRecovered, "alice"));
    }

    public void Leave(ModelClient client) => _joined.Remove(client);

    /// <summary>Takes a change.</summary>
    public void Take(ModelClient client, SentChange sent)
    {
        var fault = HasFaults ? random.Next(20) : -1;
        var known = _writers.GetValueOrDefault(sent.WriterId);
        if (fault is 0 or 1)
        {
            Refuse(fault == 0 ? ErrorCode.Unavailable : ErrorCode.RateLimited);
        }
        else if (sent.Number <= known.Number)
        {
            client.Answer(replica => replica.OnAck(sent.Change, new Ack(Head with { Sequence = known.Sequence }, 0) { Duplicate = true }));
        }
        else if (sent.Number > known.Number + 1)
        {
            Refuse(ErrorCode.WriterGap);
        }
        else if (fault is 2)
        {
            Refuse(ErrorCode.DataTooLarge);
        }
        else
        {
            SessionEvent made = sent.Change.Patch is { } patch ? new SessionDataUpdated { Data = patch } : new SessionEventCreated { Name = sent.Change.Name! };
            made = Append(made with { WriterId = sent.WriterId, WriterSequence = sent.Number, UserId = "alice" }, sent.Change, client);
            _writers[sent.WriterId] = (sent.Number, made.Sequence);
            var ack = new Ack(Head, 1) { EventId = made.EventId, CreatedAt = made.CreatedAt };
            client.Answer(replica =>
            {
                if (fault is 3)
                {
                    replica.OnError(sent.Change, new Error(ErrorCode.Unavailable, "Made all the same."));
                }
                else
                {
                    replica.OnAck(sent.Change, ack);
                }
            });
            if (fault is 3)
            {
                client.Tell(made); // Its answer is none: the event comes.
            }
        }

        void Refuse(ErrorCode code) => client.Answer(replica => replica.OnError(sent.Change, new Error(code, "Model.")));
    }

    /// <summary>Takes a request that is no change.</summary>
    public void Take(ModelClient client, SentRename rename)
    {
        Append(new SessionUpdated { Session = new(rename.Name, null), UserId = "alice" }, null, client);
        Name = rename.Name;
        var ack = new Ack(Head, 1);
        client.Answer(replica => replica.OnCallAnswered(ack));
    }

    /// <summary>The patches of some sequences as one.</summary>
    public PatchRun Run(long first, long last) =>
        Log[(int)(first - 1)..(int)last].Aggregate(PatchRun.Empty, (run, entry) => run.Add(((SessionDataUpdated)entry.Event).Data));

    /// <summary>Whether the events between two are patches that a client made on its connection itself.</summary>
    public bool AreOwn(ModelClient client, long first, long last) => Enumerable.Range((int)first, (int)Math.Max(0, last - first + 1))
        .All(sequence => Log[sequence - 1] is { Event: SessionDataUpdated, Change: { } change } && client.Made.Contains(change));

    private SessionEvent Append(SessionEvent made, Change? change, ModelClient? maker)
    {
        made = made with
        {
            ApplicationId = "demo", SessionId = "board", Sequence = Log.Count + 1, EventId = Guid.NewGuid(), CreatedAt = Time, Timestamp = Time, Version = 1,
        };
        Log.Add((made, change));
        Data = made is SessionDataUpdated update ? MergePatch.Apply(Data, update.Data) : Data;
        _joined.Where(client => client != maker).ToList().ForEach(client => client.Tell(made));
        return made;
    }

    private Session Session() => new()
    {
        ApplicationId = "demo", SessionId = "board", Name = Name, Participants = [], CreatedBy = "alice", CreatedAt = Time, ModifiedBy = "alice",
        ModifiedAt = Time, Properties = new Dictionary<string, string>(),
    };
}
