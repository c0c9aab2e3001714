namespace RealtimeSessions.EndToEnd.Tests.Conversations.Visibility;

/// <summary>
/// Who sees which conversation of one space at each moment. All conversations are made by an owner who is not among the users. To be read when all is over.
/// </summary>
internal sealed class SpaceModel
{
    private readonly Dictionary<(int User, int Conversation), Sight> _sights = [];

    public SpaceModel(int users, int groups, int conversations)
    {
        Groups = [.. Enumerable.Range(0, groups).Select(_ => new SortedSet<int>())];
        Conversations = [.. Enumerable.Range(0, conversations).Select(_ => new ConversationModel())];
        Members = [.. Enumerable.Range(0, users)];
    }

    /// <summary>The users in the space.</summary>
    public SortedSet<int> Members { get; }

    /// <summary>The users in each group.</summary>
    public IReadOnlyList<SortedSet<int>> Groups { get; }

    public IReadOnlyList<ConversationModel> Conversations { get; }

    /// <summary>How often somebody came to see a conversation, or ceased to.</summary>
    public int Changes => _sights.Values.Sum(sight => sight.Changes);

    public Sight SightOf(int user, int conversation) => _sights[(user, conversation)];

    /// <summary>Fixes what is at first.</summary>
    public void Begin()
    {
        foreach (var pair in from user in Members from conversation in Enumerable.Range(0, Conversations.Count) select (user, conversation))
        {
            _sights[pair] = new Sight(Sees(pair.user, pair.conversation));
        }
    }

    /// <summary>Says when the last change was made.</summary>
    public void Changed(TimeSpan from, TimeSpan to)
    {
        foreach (var ((user, conversation), sight) in _sights)
        {
            if (Sees(user, conversation) is var sees && sees != sight.Sees)
            {
                sight.Change(from, to, sees);
            }
        }
    }

    private bool Sees(int user, int conversation)
    {
        var (members, listed) = (Members, Conversations[conversation]);
        return members.Contains(user)
            && (listed.Stakeholder == 2 || listed.Participants.Contains(user) || listed.Groups.Any(group => Groups[group].Contains(user)));
    }
}

/// <summary>Whom one conversation is for.</summary>
internal sealed class ConversationModel
{
    public int Stakeholder { get; set; } = 1;

    public SortedSet<int> Participants { get; } = [];

    public SortedSet<int> Groups { get; } = [];
}
