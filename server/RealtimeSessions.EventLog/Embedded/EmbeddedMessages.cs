using Microsoft.Extensions.Logging;

namespace RealtimeSessions.EventLog.Embedded;

/// <summary>The log messages of the embedded engine: event ids 2000 to 2099.</summary>
internal static partial class EmbeddedMessages
{
    [LoggerMessage(2000, LogLevel.Debug, "Opened {Description}; schema version {SchemaVersion}.")]
    public static partial void Opened(ILogger logger, string description, int schemaVersion);

    [LoggerMessage(2001, LogLevel.Information, "Closed {Description}.")]
    public static partial void Closed(ILogger logger, string description);

    [LoggerMessage(2002, LogLevel.Error, "A transaction of {Requests} writes failed and was rolled back.")]
    public static partial void CommitFailed(ILogger logger, Exception exception, int requests);

    [LoggerMessage(2003, LogLevel.Error, "A commit could not be announced in the process.")]
    public static partial void AnnouncementFailed(ILogger logger, Exception exception);

    [LoggerMessage(2004, LogLevel.Warning, "The write-ahead log could not be copied into the database; it is tried again.")]
    public static partial void CheckpointFailed(ILogger logger, Exception exception);

    [LoggerMessage(2005, LogLevel.Warning,
        "{Missing} of {Appends} appends in the journal could not be made again: after a power cut what they followed is missing.")]
    public static partial void AppendsLost(ILogger logger, int missing, int appends);
}
