using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Delivery.Channels;

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
                else if (step.Reset is { } reset)
                {
                    await member.WriteAsync(Batch.ToMessage(reset.Frame(member.Encoder), member.Encoder));
                }
                else if (step.Message is not null)
                {
                    await member.WriteAsync(step.Message);
                }

                if (step.IsLast)
                {
                    member.Quit();
                }
            }
        }
        catch (Exception exception)
        {
            // The client resumes by position; here nothing can be set right.
            LogFailed(logger, member.Channel.Log, exception);
            member.Abort();
        }
    }

    private async Task ReadAsync(ChannelMember member, Position after)
    {
        try
        {
            var page = await eventLog.ReadAsync(member.Channel.Log, after.Sequence, PageSize);
            var events = (page?.Events ?? []).Select(next => member.Channel.Enter(next, after.Epoch));
            member.Channel.Load(member, page, [.. events.Select(next => (next.Sequence, next.FrameFor(member)))], after);
        }
        catch (EngineUnavailableException)
        {
            await Task.Delay(Pause, time);
        }
    }

    [LoggerMessage(3400, LogLevel.Error, "Delivery to a member of log {Log} failed; its connection was closed.")]
    private static partial void LogFailed(ILogger logger, LogId log, Exception exception);
}
