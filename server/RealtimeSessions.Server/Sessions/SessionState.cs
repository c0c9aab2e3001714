using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;

namespace RealtimeSessions.Server.Sessions;

/// <summary>The fold of a session's log.</summary>
/// <param name="Info">The session.</param>
/// <param name="Data">Its data, an object.</param>
/// <param name="DataSequence">The sequence of the event that changed the data last, 0 if none has.</param>
/// <param name="RightsSequence">The sequence of the event that changed rights last: the guard by which an append is judged.</param>
internal sealed record SessionState(Session Info, JsonTree Data, long DataSequence, long RightsSequence);
