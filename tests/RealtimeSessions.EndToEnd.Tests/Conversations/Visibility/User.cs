using RealtimeSessions.EndToEnd.Tests.Conversations.Setting;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.Conversations.Visibility;

/// <summary>A user with one connection, who comments at random and is told of what others do.</summary>
/// <param name="number">The user, as the model numbers him.</param>
/// <param name="person">Who he is.</param>
/// <param name="hub">His connection.</param>
/// <param name="run">What the run has in common.</param>
internal sealed class User(int number, Person person, HubClient hub, Run run)
{
    private const int LeastPause = 60, MostPause = 240;
    private readonly Dictionary<long, Subscription> _conversations = [];
    private Subscription? _space;

    public int Number => number;

    public Person Person => person;

    public IEnumerable<Subscription> Subscriptions => _space is null ? _conversations.Values : _conversations.Values.Append(_space);

    /// <summary>Calls that were answered as the model must judge.</summary>
    public List<(int Conversation, TimeSpan Sent, TimeSpan Answered, bool IsMade)> Calls { get; } = [];

    public void Join(int conversation)
    {
        var id = run.Conversations[conversation];
        _conversations.TryAdd(id, new Subscription(
            $"User {number} in conversation {conversation}", conversation, since => hub.JoinAsync(id, since), run.Clock, run.Complaints));
    }

    public void Watch() => _space = new Subscription(
        $"User {number} watching", null, since => hub.WatchAsync(run.Space, since), run.Clock, run.Complaints);

    /// <summary>Gives every callback to whom it is for, until the connection ends.</summary>
    public async Task ListenAsync()
    {
        await foreach (var callback in hub.Callbacks.ReadAllAsync())
        {
            var isFeed = callback.Name.StartsWith("SpaceFeed", StringComparison.Ordinal) || callback.Argument.TryGetProperty("feed", out _);
            var subscription = isFeed ? _space : _conversations.GetValueOrDefault(callback.Argument.Conversation());
            if (subscription is null)
            {
                run.Complaints.Add($"User {number} has not asked for {callback}");
                continue;
            }

            subscription.Take(callback);
        }
    }

    public async Task CommentAsync(Random random, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var (conversation, sent) = (random.Next(run.Conversations.Count), run.Clock.Elapsed);
            try
            {
                var ack = await hub.CommentAsync(run.Conversations[conversation], $"By {number}");
                run.Add(ack, conversation, sent);
                Calls.Add((conversation, sent, run.Clock.Elapsed, true));
            }
            catch (HubCallException refused)
            {
                Calls.Add((conversation, sent, run.Clock.Elapsed, false));
                if (refused.Code != "conversation_not_found")
                {
                    run.Complaints.Add($"User {number} got {refused.Message}");
                }
            }

            await Task.Delay(random.Next(LeastPause, MostPause), CancellationToken.None);
        }
    }
}
