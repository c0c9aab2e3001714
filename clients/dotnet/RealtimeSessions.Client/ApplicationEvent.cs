using RealtimeSessions.Protocol;

namespace RealtimeSessions.Client;

/// <summary>A change of a session, as watchers of its application are told it. Immutable.</summary>
/// <param name="Event">What has happened: any of the subtypes but those of data and custom events, and besides <see cref="SessionDeleted"/>.</param>
/// <param name="Session">The whole session after it, where it was created or has come to be among those that the caller may read; else null.</param>
/// <param name="Position">Its position in the application's feed. Sequences grow; where they have holes, something was not for this watcher.</param>
public sealed record ApplicationEvent(SessionEvent Event, Session? Session, Position Position);
