using System.Text.Json;
using RealtimeSessions.LoadTester.Connections;
using RealtimeSessions.LoadTester.Traces;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.LoadTester.Load;

/// <summary>
/// Replays one copy of a trace in a session of its own. Calls of one connection go out without waiting for each other, up to a number in flight; in an ordered trace another
/// connection goes on when they are answered.
/// </summary>
/// <param name="trace">The trace.</param>
/// <param name="session">The session.</param>
/// <param name="options">How.</param>
/// <param name="time">The clock.</param>
internal sealed class ReplayCopy(Trace trace, LoadSession session, ReplayOptions options, TimeProvider time)
{
    private readonly CallPace[] _paces =
        [.. Enumerable.Range(0, trace.Header.Connections).Select(_ => new CallPace(options.CallsPerSecond, options.CallBurst, time))];

    private long _start;
    private long _made;
    private long _passedOver;

    /// <summary>The trace.</summary>
    public Trace Trace => trace;

    /// <summary>The session.</summary>
    public LoadSession Session => session;

    /// <summary>Calls that were accepted.</summary>
    public long Made => Volatile.Read(ref _made);

    /// <summary>Calls that would have concerned the tester's own users as participants.</summary>
    public long PassedOver => Volatile.Read(ref _passedOver);

    /// <summary>Whether every call of the trace was made.</summary>
    public bool IsWhole => Made + PassedOver == trace.Header.Calls;

    /// <summary>By how much calls went out later than the trace says, at most.</summary>
    public TimeSpan Behind { get; private set; }

    /// <summary>Makes the calls.</summary>
    /// <param name="cancellationToken">Makes no further one; those in flight are waited for.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        _start = time.GetTimestamp();
        if (trace.Header.Ordered)
        {
            await RunAsync(trace.Calls, cancellationToken);
        }
        else
        {
            await Task.WhenAll(trace.Calls.GroupBy(call => call.Connection).Select(calls => RunAsync([.. calls], cancellationToken)));
        }
    }

    private async Task RunAsync(IReadOnlyList<TraceCall> calls, CancellationToken cancellationToken)
    {
        var inFlight = new Queue<Task>();
        var connection = -1;
        try
        {
            foreach (var call in calls)
            {
                await WaitForAsync(call, cancellationToken);
                for (var most = call.Connection == connection ? options.InFlight - 1 : 0; inFlight.Count > most;)
                {
                    await inFlight.Dequeue().WaitAsync(cancellationToken);
                }

                cancellationToken.ThrowIfCancellationRequested();
                connection = call.Connection;
                if (ConcernsOwnUser(call))
                {
                    Interlocked.Increment(ref _passedOver);
                    continue;
                }

                inFlight.Enqueue(MakeAsync(session.Clients[connection], call));
            }
        }
        catch (OperationCanceledException)
        {
            // No further call; those that were sent still count.
        }

        await Task.WhenAny(Task.WhenAll(inFlight), Task.Delay(options.Patience, time, CancellationToken.None));
    }

    private async Task MakeAsync(IVirtualClient client, TraceCall call)
    {
        if (await client.CallAsync(call, time.GetTimestamp()) is null)
        {
            Interlocked.Increment(ref _made);
        }
    }

    private async ValueTask WaitForAsync(TraceCall call, CancellationToken cancellationToken)
    {
        await _paces[call.Connection].WaitAsync(cancellationToken);
        if (options.Speed is not { } speed)
        {
            return;
        }

        var ahead = TimeSpan.FromMilliseconds((call.At - trace.Calls[0].At) / speed) - time.GetElapsedTime(_start);
        if (ahead > TimeSpan.Zero)
        {
            await Task.Delay(ahead, time, cancellationToken);
        }
        else
        {
            Behind = -ahead > Behind ? -ahead : Behind;
        }
    }

    /// <summary>Whether a call would put the tester itself out, or give it another role.</summary>
    private bool ConcernsOwnUser(TraceCall call)
    {
        if (call.Method is not (TraceMethods.AddSessionParticipant or TraceMethods.RemoveSessionParticipant))
        {
            return false;
        }

        using var arguments = JsonDocument.Parse(call.Arguments);
        return arguments.RootElement.TryGetProperty("participant", out var participant)
            && participant.Deserialize(ProtocolJsonContext.Default.Participant) is { Type: ParticipantType.User } one
            && options.Users.Contains(one.Id);
    }
}
