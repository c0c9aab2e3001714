using RealtimeSessions.EventLog;
using RealtimeSessions.Server.Applications;
using RealtimeSessions.Server.Requests;

namespace RealtimeSessions.Server.Sessions;

/// <summary>Which session.</summary>
/// <param name="ApplicationId">Its application.</param>
/// <param name="SessionId">Its id within the application.</param>
internal readonly record struct SessionKey(string ApplicationId, string SessionId)
{
    /// <summary>The name of its log.</summary>
    public LogId Log => new($"session/{ApplicationId}/{SessionId}");

    /// <summary>Whether both ids have their form; nothing else ever becomes part of a log's name.</summary>
    public bool IsWellFormed => IsApplicationId(ApplicationId) && IsSessionId(SessionId);

    /// <summary>Whether a text has the form of an application's id.</summary>
    public static bool IsApplicationId(string text) => ApplicationIds.IsWellFormed(text);

    /// <summary>Whether a text has the form of a session's or a writer's id.</summary>
    public static bool IsSessionId(string text) => ValueRules.IsId(text);

    public override string ToString() => $"{ApplicationId}/{SessionId}";
}
