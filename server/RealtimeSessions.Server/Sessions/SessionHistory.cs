using System.Text.Json.Nodes;
using RealtimeSessions.EventLog;
using RealtimeSessions.EventLog.Replicas;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Identity;

namespace RealtimeSessions.Server.Sessions;

/// <summary>Reads what sessions were: their data at a sequence, and their events.</summary>
internal sealed class SessionHistory(SessionReader reader, IEventLog eventLog)
{
    private const int DefaultPage = 100;
    private const int ScanPage = 1_000;
    private const int MaximumScan = 10_000;

    /// <summary>Reads the data as they are, or as they were at a sequence that has been kept.</summary>
    public async Task<Result<SessionData>> GetDataAsync(Caller caller, GetSessionDataRequest request)
    {
        var key = new SessionKey(request.ApplicationId, request.SessionId);
        if (!(await reader.ReadAsync(caller, key)).TryGet(out var current, out var error))
        {
            return error;
        }

        if (request.AtSequence is not { } sequence || sequence == current.Position.Sequence)
        {
            return Answer(current);
        }

        if (sequence < 1 || sequence > current.Position.Sequence)
        {
            return Error.InvalidArgument("$.atSequence", $"must be 1 to {current.Position.Sequence}, the sequence of the last event.");
        }

        return await StateReader.ReadAsync(eventLog, key.Log, SessionFold.Instance, sequence) is { } past ? Answer(past) : await NotRetainedAsync(key);
    }

    public async Task<Result<SessionEventPage>> ListEventsAsync(Caller caller, ListSessionEventsRequest request)
    {
        var key = new SessionKey(request.ApplicationId, request.SessionId);
        if (!(await reader.ReadAsync(caller, key)).TryGet(out _, out var error))
        {
            return error;
        }

        var (found, limit, after, scanned) = (new List<RawJson>(), request.Limit ?? DefaultPage, request.After ?? 0, 0);
        while (await eventLog.ReadAsync(key.Log, after, request.Names is null ? limit - found.Count : ScanPage) is { } page)
        {
            foreach (var next in page.Events.TakeWhile(_ => found.Count < limit))
            {
                (after, scanned) = (next.Sequence, scanned + 1);
                if (request.Names is null || (NameOf(next) is { } name && request.Names.Contains(name)))
                {
                    found.Add(new RawJson(SessionEventJson.Send(key, next)));
                }
            }

            if (found.Count == limit || page.Events.Count == 0 || scanned >= MaximumScan)
            {
                var seen = page.Head.Position with { Sequence = Math.Min(after, page.Head.Position.Sequence) };
                return new SessionEventPage(found, seen, page.Head.FirstAvailable);
            }
        }

        return SessionPolicy.SessionNotFound;
    }

    private static SessionData Answer(ReplicaState<SessionState> state) => new(state.State.Data, state.Position, state.State.DataSequence);

    private async Task<Error> NotRetainedAsync(SessionKey key) => await eventLog.ReadAsync(key.Log, 0, 0) is { } page
        ? new Error(ErrorCode.NotRetained, "Retention has removed the events before.")
        {
            Details = new JsonObject { ["firstAvailable"] = page.Head.FirstAvailable },
        }
        : SessionPolicy.SessionNotFound;

    private static string? NameOf(LogEvent next) => SessionEventJson.IsCustom(next) ? (SessionEventJson.Read(next) as SessionEventCreated)?.Name : null;
}
