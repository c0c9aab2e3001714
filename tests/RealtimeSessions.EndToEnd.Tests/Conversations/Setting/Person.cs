using System.Text.Json;
using System.Text.Json.Nodes;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.Conversations.Setting;

/// <summary>Somebody who calls one server over REST, and has a number.</summary>
internal sealed class Person : IDisposable
{
    private Person(string name, RestClient rest, long id) => (Name, Rest, Id) = (name, rest, id);

    public string Name { get; }

    public RestClient Rest { get; }

    public long Id { get; }

    public static async Task<Person> SignInAsync(ServerProcess server, string name)
    {
        var rest = await RestClient.SignInAsync(server, name);
        return new Person(name, rest, IdIn(await rest.DoAsync("GET", "userinfo"), "users"));
    }

    /// <summary>Makes a space with these members besides its maker.</summary>
    public async Task<long> MakeSpaceAsync(params Person[] members) => IdIn(
        await Rest.DoAsync("POST", "spaces", Body("spaces", new { name = "A space", participants = members.Select(member => new { user_id = member.Id }) })), "spaces");

    public async Task<long> MakeGroupAsync(long space, params Person[] members) =>
        IdIn(await Rest.DoAsync("POST", "groups", Body("groups", new { name = "A group", space_id = space, user_ids = Ids(members) })), "groups");

    public Task SetGroupAsync(long group, params Person[] members) =>
        Rest.DoAsync("PUT", $"groups/{group}", Body("groups", new { user_ids = Ids(members) }));

    public Task AddToSpaceAsync(long space, Person member, int role = 2) =>
        Rest.DoAsync("POST", $"spaces/{space}/participants", Body("participants", new { user_id = member.Id, role }));

    public Task RemoveFromSpaceAsync(long space, Person member) => Rest.DoAsync("DELETE", $"spaces/{space}/participants/{member.Id}");

    /// <summary>Makes a conversation for these people.</summary>
    public Task<long> MakeConversationAsync(long space, params Person[] people) =>
        MakeConversationAsync(new { name = "A conversation", space_id = space, participants = Entries(people) });

    public async Task<long> MakeConversationAsync(object conversation) => (await MakeConversationsAsync(conversation))[0];

    /// <summary>Makes conversations by one call.</summary>
    public async Task<long[]> MakeConversationsAsync(params object[] conversations)
    {
        var made = await Rest.DoAsync("POST", "conversations", new { conversations });
        return [.. made.GetProperty("conversations").EnumerateArray().Select(one => one.GetProperty("id").GetInt64())];
    }

    public Task ChangeAsync(long conversation, object change) => Rest.DoAsync("PUT", $"conversations/{conversation}", Body("conversations", change));

    /// <summary>Lists these people, and nobody else.</summary>
    public Task InviteAsync(long conversation, params Person[] people) => ChangeAsync(conversation, new { participants = Entries(people) });

    public Task DeleteAsync(long conversation) => Rest.DoAsync("DELETE", $"conversations/{conversation}");

    public async Task<long> CommentAsync(long conversation, string content) =>
        IdIn(await Rest.DoAsync("POST", "comments", Body("comments", new { content, resource_id = conversation })), "comments");

    public void Dispose() => Rest.Dispose();

    public static JsonObject Body(string plural, object one) => new() { [plural] = new JsonArray(JsonSerializer.SerializeToNode(one)) };

    private static IEnumerable<object> Entries(Person[] people) => people.Select(person => new { user_id = person.Id });

    private static IEnumerable<long> Ids(Person[] people) => people.Select(person => person.Id);

    private static long IdIn(JsonElement answer, string plural) => answer.GetProperty(plural)[0].GetProperty("id").GetInt64();
}
