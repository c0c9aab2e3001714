using System.Text.Json;
using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Directory;

/// <summary>
/// The log by which servers tell each other whose memberships have changed; what they are now stands in the catalog. It keeps little more than its
/// latest events: whoever has missed more reads everything anew.
/// </summary>
internal sealed class DirectoryLog(IEventLog eventLog, TimeProvider time)
{
    /// <summary>How many of its latest events it keeps.</summary>
    public const int RetainedEvents = 1_000;

    // So that an event weighs no more than a notification may.
    private const int SubjectsPerEvent = 25;

    private const int EventsPerAppend = 1_000;

    private static readonly LogId Id = new("directory");
    private static readonly ReadOnlyMemory<byte> Snapshot = "{}"u8.ToArray();

    /// <summary>Tells that the memberships of users have changed.</summary>
    /// <param name="subjects">The users' subjects.</param>
    /// <exception cref="EngineUnavailableException">The engine could not be reached. It may have been told; to tell it twice does no harm.</exception>
    public async Task AppendAsync(IEnumerable<string> subjects)
    {
        foreach (var events in subjects.Chunk(SubjectsPerEvent).Select(Make).Chunk(EventsPerAppend))
        {
            LogAppend[] append = [new LogAppend { Events = events }];
            var result = (await eventLog.AppendAsync(Id, append))[0];
            if (result.Outcome == AppendOutcome.NotFound)
            {
                await MakeAsync();
                result = (await eventLog.AppendAsync(Id, append))[0];
            }

            if (result.SnapshotDue)
            {
                await TrimAsync(result);
            }
        }
    }

    /// <summary>Where it ends now. It is made if it is not there.</summary>
    /// <exception cref="EngineUnavailableException">The engine could not be reached, or takes no such log.</exception>
    public async Task<Position> FindHeadAsync()
    {
        if (await eventLog.ReadAsync(Id, 0, 0) is not { } page)
        {
            await MakeAsync();
            page = await eventLog.ReadAsync(Id, 0, 0) ?? throw new EngineUnavailableException("The log of the directory cannot be made.");
        }

        return page.Head.Position;
    }

    /// <summary>Follows it from a position on.</summary>
    public ILogTail Follow(Position after) => eventLog.OpenTail(Id, after);

    /// <summary>The subjects of those whose memberships have changed.</summary>
    public static IReadOnlyList<string> Read(LogEvent next) =>
        JsonSerializer.Deserialize(next.Payload.Span, DirectoryJsonContext.Default.IReadOnlyListString)!;

    private NewEvent Make(string[] subjects) => new(
        Guid.CreateVersion7(), time.GetUtcNow(), JsonSerializer.SerializeToUtf8Bytes(subjects, DirectoryJsonContext.Default.IReadOnlyListString));

    private Task MakeAsync() => eventLog.AppendAsync(Id, [new LogAppend { Events = [Make([])], MustBeNew = true }]);

    private async Task TrimAsync(AppendResult due)
    {
        await eventLog.WriteSnapshotAsync(Id, new LogSnapshot(new(due.Epoch, due.Sequence), Snapshot));
        if (due.Sequence > RetainedEvents)
        {
            await eventLog.TrimAsync(Id, new LogSnapshot(new(due.Epoch, due.Sequence - RetainedEvents), Snapshot));
        }
    }
}
