namespace RealtimeSessions.Client.Replicas;

/// <summary>Which session.</summary>
/// <param name="ApplicationId">The application.</param>
/// <param name="SessionId">The session.</param>
internal readonly record struct SessionKey(string ApplicationId, string SessionId);
