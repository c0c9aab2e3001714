using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.Conversations.Setting;

/// <summary>A test with people of its own on shared servers: Alice on the first, Bob and Carol on the other, where there is one.</summary>
public abstract class ConversationTest(Deployment deployment) : HubTest(deployment)
{
    private readonly string _test = Guid.NewGuid().ToString("N")[..8];
    private readonly List<Person> _people = [];

    /// <summary>Makes spaces and conversations.</summary>
    internal Person Alice { get; private set; } = null!;

    internal Person Bob { get; private set; } = null!;

    internal Person Carol { get; private set; } = null!;

    public override async Task InitializeAsync() =>
        (Alice, Bob, Carol) = (await SignInAsync("alice"), await SignInAsync("bob", Second), await SignInAsync("carol", Second));

    public override async Task DisposeAsync()
    {
        _people.ForEach(person => person.Dispose());
        await base.DisposeAsync();
    }

    /// <summary>Somebody whom no other test knows.</summary>
    internal async Task<Person> SignInAsync(string name, ServerProcess? server = null)
    {
        var person = await Person.SignInAsync(server ?? First, $"{name}-{_test}");
        _people.Add(person);
        return person;
    }

    internal Task<HubClient> ConnectAsync(Person person, ServerProcess? server = null) => ConnectAsync(person.Name, server);
}
