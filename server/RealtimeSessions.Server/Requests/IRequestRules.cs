using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Requests;

/// <summary>What the values of requests must be whose types are not the protocol's, and are not known here. Pure.</summary>
internal interface IRequestRules
{
    /// <summary>Why a request is refused: the first error, or null; null also for a request of another type.</summary>
    Error? Check(object request);
}
