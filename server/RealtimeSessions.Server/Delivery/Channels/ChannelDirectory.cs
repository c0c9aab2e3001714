using System.Collections.Concurrent;
using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;

namespace RealtimeSessions.Server.Delivery.Channels;

/// <summary>How a connection comes into a channel.</summary>
/// <typeparam name="TKey">What names the channel.</typeparam>
/// <typeparam name="TChannel">The kind of channel.</typeparam>
/// <param name="Key">Which channel.</param>
/// <param name="Seat">The connection's place for it.</param>
/// <param name="Judge">Why the connection may not, or null; asked again when something has changed on the way.</param>
/// <param name="MakeMember">Makes the member.</param>
/// <param name="Since">Where it wants to continue; null: nowhere.</param>
/// <param name="Absent">The error if there is no such log.</param>
internal sealed record Admission<TKey, TChannel>(
    TKey Key, Seats<TKey>.Reservation Seat, Func<Task<Error?>> Judge, Func<TChannel, ChannelMember> MakeMember, ResumePosition? Since, Error Absent)
    where TKey : notnull;

/// <summary>The channels of one kind on this server, each made for its first member and gone with its last, and the way into them.</summary>
/// <param name="eventLog">Where their logs are.</param>
/// <param name="make">Makes a channel, which calls what it is given when it has ended.</param>
internal sealed class ChannelDirectory<TKey, TChannel, TState>(IEventLog eventLog, Func<TKey, Action, TChannel> make)
    where TKey : notnull
    where TChannel : ReplicaChannel<TState>
    where TState : class
{
    private readonly ConcurrentDictionary<TKey, TChannel> _channels = new();

    /// <summary>Lets a connection in. A membership that it has is replaced.</summary>
    public async Task<Result<Entrance<TState>>> EnterAsync(Admission<TKey, TChannel> admission)
    {
        while (true)
        {
            if (await admission.Judge() is { } refusal)
            {
                return refusal;
            }

            await LeaveAsync(admission.Seat.Replace(null));
            var channel = _channels.GetOrAdd(admission.Key, key => make(key, () => _channels.TryRemove(key, out _)));
            try
            {
                if (await channel.OpenAsync() is not { } replica)
                {
                    return admission.Absent;
                }

                var since = admission.Since is { } position && await IsKeptAsync(channel.Log, position) ? position : null;
                if (since is not null)
                {
                    await replica.WaitForAsync(new Position(since.Epoch, since.Sequence));
                }

                var member = admission.MakeMember(channel);
                if (channel.TryAdd(member, since) is { } entrance)
                {
                    await LeaveAsync(admission.Seat.Replace(member));

                    // Whoever changed the caller before it had its seat did not find it there.
                    channel.Rejudge(member);
                    if (member.HasLeft)
                    {
                        // It was dismissed before it had its seat.
                        await member.Pumping;
                        member.Quit();
                    }

                    return entrance;
                }
            }
            finally
            {
                channel.EndIfEmpty();
            }
        }
    }

    private static Task LeaveAsync(ChannelMember? member) => member?.LeaveAsync() ?? Task.CompletedTask;

    /// <summary>Whether the events after a position are there, and it is a position of this history.</summary>
    private async Task<bool> IsKeptAsync(LogId log, ResumePosition since)
    {
        var isChecked = since is { Sequence: > 0, EventId: not null };
        if (await eventLog.ReadAsync(log, since.Sequence - (isChecked ? 1 : 0), isChecked ? 1 : 0) is not { Head: var head } page
            || head.Position.Epoch != since.Epoch || head.Position.Sequence < since.Sequence)
        {
            return false;
        }

        // The event seen last may have been removed by retention, and nothing after it.
        return page.Events is [var seen, ..] && seen.Sequence == since.Sequence
            ? seen.EventId == since.EventId
            : head.FirstAvailable <= since.Sequence + 1;
    }
}
