using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Delivery.Frames;
using RealtimeSessions.Server.Metrics;

namespace RealtimeSessions.Server.Delivery.Channels;

/// <summary>Brings members that are behind to the head, each at its own speed and one write at a time.</summary>
internal sealed partial class MemberPump(ServerMetrics metrics, TimeProvider time, ILogger<MemberPump> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>How long a connection whose last words were written has to read them.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

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
                    await member.WriteAsync(new FrameMessage(reset.Frame(member.Encoder)));
                }
                else if (step.Message is not null)
                {
                    metrics.Pumped(step.Events);
                    await member.WriteAsync(step.Message);
                }

                if (step.IsLast)
                {
                    member.Quit();
                }

                if (step.EndsConnection)
                {
                    LogTooSlow(logger, member.Channel.Log);
                    _ = EndAsync(member);
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
            var page = await member.Channel.Pages.ReadAsync(after);
            member.Backlog.Prepare(page.Events);
            member.Channel.Load(member, page, after);
        }
        catch (EngineUnavailableException)
        {
            await Task.Delay(Pause, time);
        }
    }

    private async Task EndAsync(ChannelMember member)
    {
        await Task.Delay(LastWords, time);
        member.Abort();
    }

    [LoggerMessage(3400, LogLevel.Error, "Delivery to a member of log {Log} failed; its connection was closed.")]
    private static partial void LogFailed(ILogger logger, LogId log, Exception exception);

    [LoggerMessage(3401, LogLevel.Information, "A member of log {Log} fell too far behind; its connection is closed, so that it resumes by position.")]
    private static partial void LogTooSlow(ILogger logger, LogId log);
}
