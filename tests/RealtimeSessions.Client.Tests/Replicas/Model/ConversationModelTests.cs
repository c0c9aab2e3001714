using RealtimeSessions.Protocol.Conversations;
using Xunit.Sdk;

namespace RealtimeSessions.Client.Tests.Replicas.Model;

/// <summary>Replicas of a conversation beside a model of the server that fails, resets and cuts; each run is its seed.</summary>
public sealed class ConversationModelTests
{
    private const int Runs = 200, Steps = 300, Clients = 3;

    [Fact]
    public void Replicas_AfterAnything_EqualTheServerAndHaveMadeEachCommentOnce()
    {
        for (var seed = 0; seed < Runs; seed++)
        {
            try
            {
                Run(new Random(seed));
            }
            catch (Exception exception)
            {
                throw new XunitException($"With the seed {seed}: {exception}");
            }
        }
    }

    private static void Run(Random random)
    {
        var server = new ConversationModelServer(random);
        var clients = Enumerable.Range(1, Clients).Select(userId => new ConversationModelClient(userId, server, random)).ToArray();
        Array.ForEach(clients, static client => client.Connect());
        for (var step = 0; step < Steps; step++)
        {
            Step(clients[random.Next(Clients)], clients, server, random);
        }

        server.HasFaults = false;
        for (var round = 0; round < 100_000 && !clients.All(static client => client.IsQuiet); round++)
        {
            foreach (var client in clients)
            {
                client.Connect();
                client.Arrive();
                client.Hear();
                client.Listen();
                client.Retry();
            }
        }

        Array.ForEach(clients, client => Check(client, server));
    }

    private static void Step(ConversationModelClient client, ConversationModelClient[] clients, ConversationModelServer server, Random random)
    {
        switch (random.Next(100))
        {
            case < 20: client.Make(); break;
            case < 45: client.Arrive(); break;
            case < 65: client.Hear(); break;
            case < 85: client.Listen(); break;
            case < 89: client.Retry(); break;
            case < 90: client.CloseGap(); break;
            case < 94: client.Connect(); break;
            case < 97: client.Cut(); break;
            case < 99: server.Rename(); break;
            default:
                Array.ForEach(clients, static one => one.Cut());
                server.ChangeEpoch();
                break;
        }
    }

    private static void Check(ConversationModelClient client, ConversationModelServer server)
    {
        var held = client.Replica.Confirmed!;
        Assert.Equal((SyncStatus.Synchronized, server.Head), (client.Replica.Status, held.Position));
        Assert.Equal(
            server.From(held.HasEarlier ? held.First : 0).Select(placed => new LiveComment(placed.Comment, placed.Sequence)), client.Replica.View.Comments);
        var order = server.Log.OfType<CommentCreated>().Where(made => made.UserId == client.UserId).Select(made => made.Comment.Content).ToArray();
        var uncertain = client.Refused.Keys.Select(change => change.Text).ToHashSet();
        Assert.Equal(client.Made.Where(change => !client.Refused.ContainsKey(change)).Select(change => change.Text), order.Where(text => !uncertain.Contains(text)));
        foreach (var (change, code) in client.Refused)
        {
            Assert.InRange(order.Count(change.Text.Equals), 0, code == ClientErrors.Uncertain ? 1 : 0);
        }

        Assert.All(client.Made.Except(client.Refused.Keys), change => Assert.True(change.Settled.IsCompletedSuccessfully && change.CommentId is not null));
    }
}
