using System.Text.Json.Serialization;
using RealtimeSessions.Client;
using RealtimeSessions.LoadTester.Traces;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;
using RealtimeSessions.Protocol.Requests;

namespace RealtimeSessions.LoadTester.Connections.Library;

/// <summary>Makes a trace's calls by the .NET client: those that it has a live form for in that, the others as requests.</summary>
internal static class LibraryCalls
{
    /// <summary>Makes a call.</summary>
    /// <exception cref="RealtimeException">It is refused.</exception>
    public static Task<Ack> MakeAsync(RealtimeClient client, LiveSession session, TraceCall call)
    {
        var arguments = JsonTree.Parse(call.Arguments.Span, JsonTreeConverter.MaximumDepth);
        return call.Method switch
        {
            TraceMethods.PatchSessionData => session.PatchAsync(Member(arguments, "data") ?? JsonTree.Null),
            TraceMethods.CreateSessionEvent => session.SendEventAsync(Text(arguments, "name"), Member(arguments, "data")),
            TraceMethods.PatchSession => PatchAsync(Member(arguments, "patch") ?? JsonTree.Empty),
            TraceMethods.UpdateSessionName or TraceMethods.UpdateSessionDescription or TraceMethods.UpdateSessionProperties => PatchAsync(arguments),
            TraceMethods.AddSessionParticipant => client.AddSessionParticipantAsync(ParticipantRequest()),
            TraceMethods.RemoveSessionParticipant => client.RemoveSessionParticipantAsync(ParticipantRequest()),
            _ => client.CloseSessionAsync(new ChangeSessionRequest { ApplicationId = session.ApplicationId, SessionId = session.SessionId }),
        };

        Task<Ack> PatchAsync(JsonTree patch) => client.PatchSessionAsync(new PatchSessionRequest
        {
            ApplicationId = session.ApplicationId,
            SessionId = session.SessionId,
            Patch = patch.To(LibraryJsonContext.Default.SessionPatch) ?? new SessionPatch(),
        });

        SessionParticipantRequest ParticipantRequest() => new()
        {
            ApplicationId = session.ApplicationId,
            SessionId = session.SessionId,
            Participant = Member(arguments, "participant")?.To(LibraryJsonContext.Default.Participant) ?? new Participant(""),
        };
    }

    private static JsonTree? Member(JsonTree of, string name) => of.TryGetMember(name, out var value) ? value : null;

    private static string Text(JsonTree of, string name) => Member(of, name)?.To(LibraryJsonContext.Default.String) ?? "";
}

/// <summary>How the parts of requests are read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SessionPatch))]
[JsonSerializable(typeof(Participant))]
[JsonSerializable(typeof(string))]
internal sealed partial class LibraryJsonContext : JsonSerializerContext;
