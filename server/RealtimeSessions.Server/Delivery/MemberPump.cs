using Microsoft.AspNetCore.SignalR;
using RealtimeSessions.EventLog;
using RealtimeSessions.EventLog.Replicas;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Delivery.Frames;
using RealtimeSessions.Server.Sessions;

namespace RealtimeSessions.Server.Delivery;

/// <summary>What a pump does next: write a message or a state, read the log after a position, or end.</summary>
internal readonly record struct PumpStep(
    bool IsDone, SerializedHubMessage? Message = null, ReplicaState<SessionState>? State = null, Position? ReadAfter = null)
{
    public static PumpStep Done { get; } = new(IsDone: true);

    public static PumpStep Write(SerializedHubMessage? message) => new(IsDone: false, Message: message);

    public static PumpStep Reset(ReplicaState<SessionState> state) => new(IsDone: false, State: state);

    public static PumpStep Read(Position after) => new(IsDone: false, ReadAfter: after);
}

/// <summary>Brings members that are behind to the head, each at its own speed and one write at a time.</summary>
internal sealed partial class MemberPump(IEventLog eventLog, TimeProvider time, ILogger<MemberPump> logger)
{
    private const int PageSize = 500;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Starts to pump, when a write that is under way has completed. Returns at once: it may be called under the channel's lock.</summary>
    public void Start(ChannelMember member, ValueTask written) =>
        member.Pumping = Task.Run(() => RunAsync(member, written.AsTask()));

    private async Task RunAsync(ChannelMember member, Task written)
    {
        try
        {
            await written;
            while (!member.IsAborted && member.Channel.NextFor(member) is { IsDone: false } step)
            {
                if (step.ReadAfter is { } after)
                {
                    await ReadAsync(member, after);
                }
                else if (step.State is { } state)
                {
                    await member.WriteAsync(Batch.ToMessage(member.Channel.ResetFrame(member.Encoder, state), member.Encoder));
                }
                else if (step.Message is not null)
                {
                    await member.WriteAsync(step.Message);
                }
            }
        }
        catch (Exception exception)
        {
            // The client resumes by position; here nothing can be set right.
            LogFailed(logger, member.Channel.Key, exception);
            member.Abort();
        }
    }

    private async Task ReadAsync(ChannelMember member, Position after)
    {
        try
        {
            var page = await eventLog.ReadAsync(member.Channel.Key.Log, after.Sequence, PageSize);
            (long, byte[])[] frames = [.. (page?.Events ?? []).Select(next =>
                (next.Sequence, SessionCallbacks.Event(member.Encoder, member.Channel.Key, next)))];
            foreach (var batch in member.Channel.Advance(member, page, frames, after))
            {
                if (batch.Message is not null && !member.HasLeft)
                {
                    await member.WriteAsync(batch.Message);
                }
            }
        }
        catch (EngineUnavailableException)
        {
            await Task.Delay(Pause, time);
        }
    }

    [LoggerMessage(3400, LogLevel.Error, "Delivery to a member of session {Session} failed; its connection was closed.")]
    private static partial void LogFailed(ILogger logger, SessionKey session, Exception exception);
}
