using System.Net;
using System.Text.Json;
using RealtimeSessions.EndToEnd.Tests.Deployments;

namespace RealtimeSessions.EndToEnd.Tests.Conversations.Rest;

/// <summary>A test with people and spaces of its own on shared servers. It fails if a server logs an error meanwhile.</summary>
public abstract class ConversationTest(Deployment deployment) : HubTest(deployment)
{
    private readonly string _mark = Guid.NewGuid().ToString("N")[..8];
    private readonly List<Person> _people = [];

    private protected Person Alice => _people[0];

    private protected Person Bob => _people[1];

    /// <summary>A participant of no space.</summary>
    private protected Person Mallory => _people[2];

    public override async Task InitializeAsync()
    {
        foreach (var name in (string[])["alice", "bob", "mallory"])
        {
            await PersonAsync(name);
        }
    }

    public override async Task DisposeAsync()
    {
        _people.ForEach(person => person.Dispose());
        await base.DisposeAsync();
    }

    private protected async Task<Person> PersonAsync(string name)
    {
        var person = await Person.SignInAsync($"{name}-{_mark}", First, Second);
        _people.Add(person);
        return person;
    }

    /// <summary>Makes a space of Alice's.</summary>
    private protected async Task<long> SpaceAsync(params Person[] members)
    {
        var participants = members.Select(member => new { user_id = member.Id });
        return (await Alice.Here.DoAsync("POST", "spaces", Resources.Spaces(new { name = "A space", participants }))).One("spaces").Id();
    }

    /// <summary>Makes a group in a space of Alice's.</summary>
    private protected async Task<long> GroupAsync(long spaceId, params Person[] members)
    {
        var group = new { name = "A group", space_id = spaceId, user_ids = members.Select(member => member.Id) };
        return (await Alice.Here.DoAsync("POST", "groups", Resources.Groups(group))).One("groups").Id();
    }

    /// <summary>Makes a conversation of Alice's.</summary>
    private protected async Task<JsonElement> ConversationAsync(object conversation)
    {
        var made = await Alice.Here.CallAsync("POST", "conversations", Resources.Conversations(conversation));
        Assert.True(made.Status == HttpStatusCode.Created, $"{made.Status} {made.Body}");
        return made.Body.One("conversations");
    }

    /// <summary>A conversation as somebody reads it, at the other server.</summary>
    private protected static async Task<JsonElement> ReadAsync(Person person, long conversationId) =>
        (await person.Elsewhere.DoAsync("GET", $"conversations/{conversationId}")).One("conversations");

    /// <summary>The conversations that somebody finds in a list, at the other server.</summary>
    private protected static async Task<long[]> ListAsync(Person person, string query = "") =>
        (await person.Elsewhere.DoAsync("GET", $"conversations{query}")).Ids("conversations");

    private protected static Task<RestAnswer> PutAsync(Person person, long conversationId, object change) =>
        person.Here.CallAsync("PUT", $"conversations/{conversationId}", Resources.Conversations(change));
}
