using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RealtimeSessions.EventLog;
using RealtimeSessions.EventLog.Replicas;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Conversations;
using RealtimeSessions.Server.Conversations;
using RealtimeSessions.Server.Conversations.Spaces;
using RealtimeSessions.Server.Conversations.Spaces.Commands;
using RealtimeSessions.Server.Delivery.Conversations;
using RealtimeSessions.Server.Delivery.Frames;
using RealtimeSessions.Server.Directory;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Delivery;

/// <summary>A channel of a conversation, of Alice's in a space of hers, that the test itself tells of events. Bob is listed, and reads slowly.</summary>
public sealed class ConversationChannelTests : LaneTest
{
    private const int Small = 8 * 1024;
    private const long Alice = 1;
    private const long Bob = 2;
    private static readonly SpaceKey Space = SpaceKey.Of(9);
    private static readonly ConversationKey Key = new(4711);
    private static readonly JsonFrameEncoder Json = new();

    private ServiceProvider _services = null!;
    private ReplicaState<ConversationState> _state = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        var settings = new ConfigurationBuilder().Build();
        _services = new ServiceCollection()
            .AddSingleton<IConfiguration>(settings)
            .AddSingleton<ILoggerFactory>(Parts.Logs)
            .AddSingleton(typeof(ILogger<>), typeof(Logger<>))
            .AddSingleton<IEventLog>(Parts.Log)
            .AddSingleton(Parts.Catalog)
            .AddSingleton<TimeProvider>(Parts.Time)
            .AddDirectory()
            .AddConversations(settings)
            .BuildServiceProvider();
        await ChangeAsync(new CreateSpace(
            Alice, new Space(9, "Space", "", default, default), [new(Alice, SpaceRole.Owner), new(Bob, SpaceRole.Participant)]));
        await ChangeAsync(new FoundConversations(Alice, [new ConversationDraft(Conversation(Bob), Comment: null)], EventSource.Rest));
        _state = (await StateReader.ReadAsync(Parts.Log, Key.Log, ConversationFold.Instance))!;
    }

    public override async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task OnEvents_OfTheSpaceThatChangeNoRights_LeaveWhoIsOnHisWayOutWhatIsStillHis()
    {
        var (channel, bob) = await BlockedAsync();
        Tell(channel, Comment(3, "a"), Comment(4, "b"), Updated(5));

        await TellSpaceAsync(channel, 7, state => state);

        Assert.Equal([2L, 3, 4], (await bob.NextAsync(3)).Select(next => next.Sequence));
        await AssertLeftAsync(bob);
    }

    [Fact]
    public async Task OnEvents_OfTheSpaceThatTakeARight_AreTheEndAtOnce()
    {
        var (channel, bob) = await BlockedAsync();
        Tell(channel, Comment(3, "a"), Comment(4, "b"));

        await TellSpaceAsync(channel, 7, state => state with { Members = state.Members.Remove(Bob), RightsSequence = 7 });

        Assert.Equal(2, (await bob.NextAsync()).Sequence);
        await AssertLeftAsync(bob);
    }

    private async Task ChangeAsync(SpaceCommand command) =>
        Assert.Null((await _services.GetRequiredService<SpaceWriter>().ChangeAsync(Space, command)).Error);

    /// <summary>A channel with Bob in it, to whom the comment at 2 is being written: what comes next waits.</summary>
    private async Task<(ConversationChannel Channel, TestClient Bob)> BlockedAsync()
    {
        var channel = new ConversationChannel(
            Key, _services.GetRequiredService<LiveConversations>(), _services.GetRequiredService<LiveSpaces>(), Parts.Channels, () => { });
        Assert.NotNull(await channel.OpenAsync());
        var client = new TestClient(ServerParts.Bob, Small);
        var member = new ConversationMember(client.Connection, channel, Json, Bob);
        Assert.NotNull(channel.TryAdd(member, since: null));
        Assert.Equal("ConversationReset", (await client.NextAsync()).Target);
        await member.Pumping;
        Tell(channel, Comment(2, new string('x', 2 * Small)));
        return (channel, client);
    }

    private void Tell(ConversationChannel channel, params LogEvent[] events)
    {
        foreach (var next in events)
        {
            _state = new ReplicaState<ConversationState>(_state.Position with { Sequence = next.Sequence }, ConversationFold.Instance.Apply(_state.State, next));
            channel.OnEvents([next], _state);
        }
    }

    private async Task TellSpaceAsync(IReplicaObserver<SpaceState> channel, long sequence, Func<SpaceState, SpaceState> change)
    {
        var before = (await StateReader.ReadAsync(Parts.Log, Space.Log, SpaceFold.Instance))!;
        Assert.True(before.Position.Sequence < sequence);
        var told = new LogEvent(sequence, Guid.NewGuid(), Make.Noon, SpaceFold.Store(new SpaceUpdated("Told", null)));
        channel.OnEvents([told], new ReplicaState<SpaceState>(before.Position with { Sequence = sequence }, change(before.State)));
    }

    private static async Task AssertLeftAsync(TestClient client)
    {
        var left = await client.NextAsync();
        Assert.Equal(("ConversationLeft", "access_revoked"), (left.Target, left.Argument["reason"]!.GetValue<string>()));
        await client.AssertNothingMoreAsync();
    }

    private static LogEvent Comment(long sequence, string content) => Stored(sequence, new CommentCreated
    {
        Comment = new Comment { CommentId = sequence, ConversationId = Key.ConversationId, CreatorId = Alice, Content = content, CreatedAt = Make.Noon },
    });

    /// <summary>The conversation is Bob's no longer.</summary>
    private static LogEvent Updated(long sequence) => Stored(sequence, new ConversationUpdated { Conversation = Conversation() });

    private static LogEvent Stored(long sequence, ConversationEvent next) =>
        new(sequence, Guid.NewGuid(), Make.Noon.AddSeconds(sequence), ConversationEventJson.Store(next with { UserId = Alice, Timestamp = Make.Noon }));

    private static Conversation Conversation(params long[] participants) => new()
    {
        ConversationId = Key.ConversationId,
        Name = "Conversation",
        Details = "",
        SpaceId = Space.SpaceId,
        CreatorId = Alice,
        Participants = [.. participants.Select(id => new UserEntry(id))],
        Groups = [],
        Stakeholder = Stakeholder.Group,
        DefaultRole = ConversationRole.Viewer,
        Tags = [],
        ExternalObjects = [],
        CreatedAt = Make.Noon,
        UpdatedAt = Make.Noon,
    };
}
