namespace RealtimeSessions.LoadTester.Traces;

/// <summary>A call of a trace.</summary>
/// <param name="At">When, in milliseconds from the trace's beginning.</param>
/// <param name="Connection">By which connection, from 0.</param>
/// <param name="Method">The hub's method, one of <see cref="TraceMethods"/>.</param>
/// <param name="Arguments">Its request as JSON, an object without applicationId and sessionId.</param>
internal sealed record TraceCall(long At, int Connection, string Method, ReadOnlyMemory<byte> Arguments);

/// <summary>The hub's methods that change a session: what a trace may hold.</summary>
internal static class TraceMethods
{
    public const string PatchSessionData = nameof(PatchSessionData);
    public const string CreateSessionEvent = nameof(CreateSessionEvent);
    public const string PatchSession = nameof(PatchSession);
    public const string UpdateSessionName = nameof(UpdateSessionName);
    public const string UpdateSessionDescription = nameof(UpdateSessionDescription);
    public const string UpdateSessionProperties = nameof(UpdateSessionProperties);
    public const string AddSessionParticipant = nameof(AddSessionParticipant);
    public const string RemoveSessionParticipant = nameof(RemoveSessionParticipant);
    public const string CloseSession = nameof(CloseSession);

    private static readonly string[] All =
    [
        PatchSessionData, CreateSessionEvent, PatchSession, UpdateSessionName, UpdateSessionDescription, UpdateSessionProperties,
        AddSessionParticipant, RemoveSessionParticipant, CloseSession,
    ];

    /// <summary>The one text of a method's name; null if it is none of these.</summary>
    public static string? Find(ReadOnlySpan<char> name)
    {
        foreach (var method in All)
        {
            if (name.SequenceEqual(method))
            {
                return method;
            }
        }

        return null;
    }
}
