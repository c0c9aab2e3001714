namespace RealtimeSessions.EndToEnd.Tests.Conversations.Visibility;

/// <summary>Judges what users were told, and what they were answered, by what they saw. To be asked when all is over.</summary>
internal sealed class Verdict(SpaceModel model, Run run, IReadOnlyList<User> users)
{
    /// <summary>How soon a change must have taken effect where calls are answered at once.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    /// <summary>How soon on this machine: what held up a call for a while held up changes, and what we hear of them, as well.</summary>
    public TimeSpan Late { get; } = Soon + users.SelectMany(user => user.Calls).Max(call => call.Answered - call.Sent);

    /// <summary>How many deliveries, and how many that had to be, were judged.</summary>
    public (int Deliveries, int Due) Counts { get; private set; }

    public void Judge()
    {
        foreach (var user in users)
        {
            Judge(user);
        }
    }

    private void Judge(User user)
    {
        foreach (var (conversation, sent, answered, isMade) in user.Calls)
        {
            Answer($"User {user.Number} commenting in {conversation}", model.SightOf(user.Number, conversation), sent, answered, isMade);
        }

        foreach (var subscription in user.Subscriptions)
        {
            foreach (var stay in subscription.Stays)
            {
                Judge(user.Number, subscription, stay);
            }
        }
    }

    private void Judge(int user, Subscription subscription, Stay stay)
    {
        var seen = new HashSet<long>();
        foreach (var delivery in stay.Deliveries)
        {
            var comment = run.Comments[delivery.CommentId];
            if (!seen.Add(delivery.CommentId))
            {
                Complain($"{subscription} is told twice of {comment}");
            }

            // Of what was before he came, he is told if he sees it now.
            var sight = model.SightOf(user, comment.Conversation);
            var (from, to) = comment.Sent > stay.Answered ? (comment.Sent, comment.Answered) : (stay.Asked, delivery.At);
            if (sight.Between(from, to, Late, Late) == Certainty.Unseen || sight.Between(delivery.At, delivery.At, Late, Late) == Certainty.Unseen)
            {
                Complain($"{subscription} is told at {delivery.At} of {comment}, which he must not see");
            }
        }

        var ends = stay.LeftAt ?? run.Clock.Elapsed;
        if (stay.IsAdmitted == true)
        {
            var due = run.Comments.Where(pair => IsDue(user, subscription, stay, ends, pair.Value)).ToArray();
            foreach (var (id, comment) in due.Where(pair => !seen.Contains(pair.Key)))
            {
                Complain($"{subscription}, there from {stay.Answered} to {stay.LeftAt}, was not told of {comment}");
            }

            Counts = (Counts.Deliveries + stay.Deliveries.Count, Counts.Due + due.Length);
        }

        if (subscription.Conversation is { } conversation && stay is { Answered: { } answered, IsAdmitted: { } isAdmitted })
        {
            var sight = model.SightOf(user, conversation);
            Answer($"{subscription} joining", sight, stay.Asked, answered, isAdmitted);
            if (isAdmitted && stay.LeftAt is not null && sight.Between(stay.Asked, ends, TimeSpan.Zero, Late) == Certainty.Seen)
            {
                Complain($"{subscription} was put out at {stay.LeftAt} though he saw it");
            }

            if (isAdmitted && stay.LeftAt is null && !sight.Sees)
            {
                Complain($"{subscription} is still there");
            }
        }
    }

    /// <summary>Whether a comment was made while the user was there and saw it for sure.</summary>
    private bool IsDue(int user, Subscription subscription, Stay stay, TimeSpan ends, Made comment) =>
        (subscription.Conversation ?? comment.Conversation) == comment.Conversation
        && comment.Sent > stay.Answered && comment.Answered + Late < ends
        && !stay.Resets.Exists(at => comment.Sent <= at && at <= comment.Answered + Late)
        && model.SightOf(user, comment.Conversation).Between(comment.Sent, comment.Answered, Late, Late) == Certainty.Seen;

    /// <summary>What was acknowledged before a call, on any server, is in its answer.</summary>
    private void Answer(string what, Sight sight, TimeSpan asked, TimeSpan answered, bool isAllowed)
    {
        var certainty = sight.Between(asked, answered, TimeSpan.Zero, TimeSpan.Zero);
        if (certainty == (isAllowed ? Certainty.Unseen : Certainty.Seen))
        {
            Complain($"{what}, {asked} to {answered}: {(isAllowed ? "allowed" : "refused")}");
        }
    }

    private void Complain(string what) => run.Complaints.Add(what);
}
