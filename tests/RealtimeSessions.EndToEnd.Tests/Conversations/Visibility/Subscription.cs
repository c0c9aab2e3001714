using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.EndToEnd.Tests.Conversations.Setting;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.Conversations.Visibility;

/// <summary>Keeps a connection in a conversation, or watching the space, whenever it may be, and writes down what it is told.</summary>
/// <param name="name">What it is called in complaints.</param>
/// <param name="conversation">The conversation, as the model numbers it; null: it is the space.</param>
/// <param name="ask">Joins or watches.</param>
/// <param name="clock">The run's clock.</param>
/// <param name="complaints">Takes what must not be.</param>
internal sealed class Subscription(
    string name, int? conversation, Func<object?, Task<JsonElement>> ask, Stopwatch clock, ConcurrentBag<string> complaints)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(300);
    private readonly Lock _lock = new();
    private readonly List<Stay> _stays = [];
    private string? _epoch;

    public int? Conversation => conversation;

    public IReadOnlyList<Stay> Stays => _stays;

    public override string ToString() => name;

    /// <summary>Whether it is in, and has been told up to a place.</summary>
    public bool IsAt(long order)
    {
        lock (_lock)
        {
            return _stays is [.., { IsAdmitted: true, LeftAt: null, Last: var last }] && last >= order;
        }
    }

    /// <summary>Whether it is in, and has been told of a comment since.</summary>
    public bool Has(long commentId)
    {
        lock (_lock)
        {
            return _stays is [.., { IsAdmitted: true, LeftAt: null } stay] && stay.Deliveries.Any(delivery => delivery.CommentId == commentId);
        }
    }

    /// <summary>Joins again whenever it is put out, half of the times where it was.</summary>
    public async Task KeepAsync(Random random, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var since = random.Next(2) == 0 ? _stays.LastOrDefault(stay => stay.IsAdmitted == true)?.Last : null;
            var stay = new Stay(clock.Elapsed, since);
            lock (_lock)
            {
                _stays.Add(stay);
            }

            try
            {
                var answer = await ask(since is null ? null : new { epoch = _epoch, sequence = since });
                _epoch = answer.Epoch();
                stay.Admit(clock.Elapsed);
                await stay.Left.WaitAsync(stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (HubCallException refused)
            {
                stay.Refuse(clock.Elapsed);
                if (refused.Code != (conversation is null ? "space_not_found" : "conversation_not_found"))
                {
                    complaints.Add($"{name} got {refused.Message}");
                }

                await Task.Delay(LongestPause * random.NextDouble(), CancellationToken.None);
            }
        }
    }

    /// <summary>Takes a callback that is for it.</summary>
    public void Take(HubCallback callback)
    {
        lock (_lock)
        {
            var (at, argument) = (clock.Elapsed, callback.Argument);
            if (_stays is not [.., { LeftAt: null, IsAdmitted: not false } stay])
            {
                complaints.Add($"{name} is out and is told {callback}");
                return;
            }

            switch (callback.Name)
            {
                case "ConversationLeft" when conversation is not null:
                case "SpaceFeedLeft":
                    if (argument.Text("reason") != "access_revoked")
                    {
                        complaints.Add($"{name} is told {callback}");
                    }

                    stay.Leave(at);
                    break;
                case "ConversationReset" or "SpaceFeedReset" or "SpaceFeedPosition":
                    if (argument.Sequence() < stay.Last)
                    {
                        complaints.Add($"{name} goes back from {stay.Last}: {callback.Name} {argument.Sequence()}");
                    }

                    stay.Last = argument.Sequence();
                    if (callback.Name != "SpaceFeedPosition")
                    {
                        stay.Resets.Add(at);
                    }

                    break;
                default:
                    TakeEvent(stay, at, callback);
                    break;
            }
        }
    }

    private void TakeEvent(Stay stay, TimeSpan at, HubCallback callback)
    {
        var order = (conversation is null ? callback.Argument.GetProperty("feed") : callback.Argument).GetProperty("sequence").GetInt64();
        if (conversation is null ? !(order > stay.Last) : order != stay.Last + 1)
        {
            complaints.Add($"{name} is told of {order} after {stay.Last}: {callback.Name}");
        }

        stay.Last = order;
        if (callback.Name == "CommentCreated")
        {
            stay.Deliveries.Add(new Delivery(at, callback.Argument.GetProperty("comment").GetProperty("commentId").GetInt64()));
        }
    }
}
