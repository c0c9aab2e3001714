using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Conversations;
using RealtimeSessions.Protocol.Requests;

namespace RealtimeSessions.Server.Requests;

/// <summary>What the values in a request must be, beyond their shape.</summary>
internal sealed class RequestRules(
    SessionRules sessions, ApplicationRules applications, ConversationRules conversations, IEnumerable<IRequestRules> others)
{
    /// <summary>Why a request is refused: the first error, or null.</summary>
    public Error? Check(object request) => request switch
    {
        CreateSessionRequest create => sessions.Check(create),
        ListSessionsRequest list => sessions.Check(list),
        SessionRequest session => sessions.Check(session),
        ApplicationRequest application => applications.Check(application),
        ConversationRequest conversation => conversations.Check(conversation),
        SpaceRequest space => ConversationRules.Check(space),
        _ => others.Select(rules => rules.Check(request)).FirstOrDefault(error => error is not null),
    };
}
