using System.Text.Json;
using RealtimeSessions.Client;
using RealtimeSessions.LoadTester.Checks;
using RealtimeSessions.LoadTester.Traces;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;
using RealtimeSessions.Protocol.Requests;

namespace RealtimeSessions.LoadTester.Recording;

/// <summary>
/// Writes a session's log as a trace, up to where it stood when the recording began. Where retention has removed the beginning, the trace starts from the data at the edge.
/// </summary>
/// <param name="client">A client of somebody who may read the sessions.</param>
/// <param name="application">The application.</param>
internal sealed class SessionRecorder(RealtimeClient client, string application)
{
    private const int PageSize = 1_000;

    /// <summary>Records a session.</summary>
    /// <param name="sessionId">Its id.</param>
    /// <param name="file">Where to.</param>
    /// <param name="progress">Is told how many events were read, and how many there are.</param>
    /// <param name="cancellationToken">Ends it; nothing of the trace stays then.</param>
    /// <exception cref="RealtimeException">The server does not let it be read.</exception>
    public async Task<RecordedSession> RecordAsync(string sessionId, string file, Action<long, long> progress, CancellationToken cancellationToken)
    {
        var session = await client.GetSessionAsync(application, sessionId, cancellationToken);
        var head = (await client.GetSessionDataAsync(new GetSessionDataRequest { ApplicationId = application, SessionId = sessionId }, cancellationToken)).Position.Sequence;
        var page = await ReadAsync(sessionId, 0, cancellationToken);
        var edge = page.FirstAvailable - 1;
        var start = edge <= 0 ? null : new TraceStart
        {
            Description = session.Description,
            Properties = session.Properties,
            Participants = session.Participants,
            Data = (await GetDataAsync(sessionId, edge, cancellationToken)).Data,
        };

        using var trace = new TraceWriter(file);
        var fold = new TraceFold(trace);
        for (var after = edge; ; page = await ReadAsync(sessionId, after, cancellationToken))
        {
            foreach (var next in page.Events.Select(Parse).TakeWhile(next => next.Sequence <= head))
            {
                fold.Add(next);
            }

            progress(Math.Min(page.Position.Sequence, head), head);
            if (page.Position.Sequence >= head || page.Position.Sequence == after)
            {
                break;
            }

            after = page.Position.Sequence;
        }

        var data = (await GetDataAsync(sessionId, head, cancellationToken)).Data;
        trace.Finish(fold.Header(session.Name, start, data));
        return new RecordedSession(file, trace.Calls, edge <= 0 ? null : edge + 1);
    }

    private static SessionEvent Parse(RawJson json) => JsonSerializer.Deserialize(json.Utf8.Span, ProtocolJsonContext.Default.SessionEvent)!;

    private Task<SessionEventPage> ReadAsync(string sessionId, long after, CancellationToken cancellationToken) => client.ListSessionEventsAsync(
        new ListSessionEventsRequest { ApplicationId = application, SessionId = sessionId, After = after, Limit = PageSize }, cancellationToken);

    private Task<SessionData> GetDataAsync(string sessionId, long at, CancellationToken cancellationToken) => client.GetSessionDataAsync(
        new GetSessionDataRequest { ApplicationId = application, SessionId = sessionId, AtSequence = at }, cancellationToken);
}

/// <summary>A trace that was written.</summary>
/// <param name="File">Where.</param>
/// <param name="Calls">How many calls it has.</param>
/// <param name="From">The sequence it begins at, where retention has removed what was before; null: it is whole.</param>
internal sealed record RecordedSession(string File, long Calls, long? From);

/// <summary>Turns events into the calls of a trace, one after the other.</summary>
internal sealed class TraceFold(TraceWriter trace)
{
    private readonly Dictionary<(string User, string? Writer), int> _connections = [];
    private readonly EditedText _text = new();
    private DateTimeOffset? _begin;
    private long _at;
    private SessionCreated? _created;

    /// <summary>Adds an event.</summary>
    public void Add(SessionEvent next)
    {
        _begin ??= next.CreatedAt;

        // Several servers' clocks may differ by a little; a trace's time does not go back.
        _at = Math.Max(_at, (long)(next.CreatedAt - _begin.Value).TotalMilliseconds);
        _created ??= next as SessionCreated;
        if (next is SessionEventCreated { Name: "edit", Data: var data })
        {
            _text.Apply(data?.ToUtf8Bytes() ?? []);
        }

        if (EventCalls.Of(next) is var (method, arguments))
        {
            var writer = (next.UserId, next.WriterId);
            _connections.TryAdd(writer, _connections.Count);
            trace.Add(new TraceCall(_at, _connections[writer], method, arguments));
        }
    }

    /// <summary>The header that goes before what was added.</summary>
    /// <param name="name">The session's name.</param>
    /// <param name="start">The state at which retention let it begin; null: the session's creation was added.</param>
    /// <param name="data">The data in the end.</param>
    public TraceHeader Header(string name, TraceStart? start, JsonTree data) => new()
    {
        Trace = TraceHeader.CurrentVersion,
        Name = name,
        Connections = Math.Max(1, _connections.Count),
        Ordered = true,
        Calls = trace.Calls,
        Start = start ?? StartOf(_created),
        Expect = new TraceExpectation
        {
            Edits = _text.Edits,
            Text = start is null && _text is { Edits: > 0, Problem: null } ? _text.Describe() : null,
            Data = data,
        },
    };

    private static TraceStart? StartOf(SessionCreated? created) => created is null ? null : new TraceStart
    {
        Description = created.Session.Description,
        Properties = created.Session.Properties,
        Participants = created.Session.Participants,
    };
}
