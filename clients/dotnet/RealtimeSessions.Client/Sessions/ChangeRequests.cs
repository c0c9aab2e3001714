using RealtimeSessions.Client.Connecting;
using RealtimeSessions.Client.Replicas;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;

namespace RealtimeSessions.Client.Sessions;

/// <summary>Changes as calls of the hub.</summary>
internal static class ChangeRequests
{
    /// <summary>Sends a change; the call goes out before this returns.</summary>
    public static Task<Ack> SendAsync(IHubLink link, SessionKey key, Change change) => change.Patch is { } patch
        ? link.InvokeAsync<Ack>("PatchSessionData", new PatchSessionDataRequest
        {
            ApplicationId = key.ApplicationId,
            SessionId = key.SessionId,
            Data = patch,
            Timestamp = change.MadeAt,
            WriterId = change.WriterId,
            WriterSequence = change.WriterSequence,
        }, CancellationToken.None)
        : link.InvokeAsync<Ack>("CreateSessionEvent", new CreateSessionEventRequest
        {
            ApplicationId = key.ApplicationId,
            SessionId = key.SessionId,
            Name = change.Name!,
            Data = change.Content,
            Timestamp = change.MadeAt,
            WriterId = change.WriterId,
            WriterSequence = change.WriterSequence,
        }, CancellationToken.None);
}
