using RealtimeSessions.EndToEnd.Tests.Conversations.Setting;

namespace RealtimeSessions.EndToEnd.Tests.Conversations.Visibility;

/// <summary>Changes at random who sees what, over one server or the other, and tells the model.</summary>
/// <param name="doors">The owner at each server.</param>
/// <param name="users">The users, as the model numbers them.</param>
/// <param name="groups">The groups, as the model numbers them.</param>
/// <param name="model">The model.</param>
/// <param name="run">What the run has in common.</param>
internal sealed class Owner(IReadOnlyList<Person> doors, IReadOnlyList<User> users, IReadOnlyList<long> groups, SpaceModel model, Run run)
{
    private const int LeastPause = 30, MostPause = 150;

    public async Task ChangeAsync(Random random, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var from = run.Clock.Elapsed;
            await ChangeAsync(random, doors[random.Next(doors.Count)]);
            model.Changed(from, run.Clock.Elapsed);
            await Task.Delay(random.Next(LeastPause, MostPause), CancellationToken.None);
        }
    }

    private Task ChangeAsync(Random random, Person door)
    {
        var (conversation, user) = (random.Next(run.Conversations.Count), random.Next(users.Count));
        var listed = model.Conversations[conversation];
        switch (random.Next(20))
        {
            case < 8:
                var group = random.Next(groups.Count);
                if (model.Members.Contains(user))
                {
                    Toggle(model.Groups[group], user);
                }

                return door.SetGroupAsync(groups[group], [.. model.Groups[group].Select(member => users[member].Person)]);
            case < 13 when listed.Stakeholder > 0:
                if (model.Members.Contains(user) || listed.Participants.Contains(user))
                {
                    Toggle(listed.Participants, user);
                }

                return SendAsync(door, conversation);
            case < 15 when listed.Stakeholder > 0:
                Toggle(listed.Groups, random.Next(groups.Count));
                return SendAsync(door, conversation);
            case < 17:
                listed.Stakeholder = random.Next(3);
                if (listed.Stakeholder == 0)
                {
                    listed.Participants.Clear();
                    listed.Groups.Clear();
                }

                return SendAsync(door, conversation);
            default:
                return MoveAsync(door, user);
        }
    }

    /// <summary>Takes a user out of the space, or back into it.</summary>
    private Task MoveAsync(Person door, int user)
    {
        if (model.Members.Add(user))
        {
            return door.AddToSpaceAsync(run.Space, users[user].Person);
        }

        model.Members.Remove(user);
        foreach (var group in model.Groups)
        {
            group.Remove(user);
        }

        return door.RemoveFromSpaceAsync(run.Space, users[user].Person);
    }

    /// <summary>Makes a conversation what it is in the model.</summary>
    public Task SendAsync(Person door, int conversation)
    {
        var listed = model.Conversations[conversation];
        return door.ChangeAsync(run.Conversations[conversation], new
        {
            stakeholder = listed.Stakeholder,
            participants = listed.Participants.Select(user => new { user_id = users[user].Person.Id }),
            groups = listed.Groups.Select(group => new { group_id = groups[group] }),
        });
    }

    private static void Toggle(SortedSet<int> set, int item)
    {
        if (!set.Add(item))
        {
            set.Remove(item);
        }
    }
}
