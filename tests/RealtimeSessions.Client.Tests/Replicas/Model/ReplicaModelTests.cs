using System.Globalization;
using RealtimeSessions.Client.Replicas;
using RealtimeSessions.Protocol.Data;
using Xunit.Sdk;

namespace RealtimeSessions.Client.Tests.Replicas.Model;

/// <summary>
/// Replicas beside a model of the server that fails, forgets, resets and cuts. REALTIME_TEST_SCALE multiplies the number of runs; each is its seed.
/// </summary>
public sealed class ReplicaModelTests
{
    private const int Runs = 300, Steps = 400, Clients = 3;

    private static int Scale =>
        int.TryParse(Environment.GetEnvironmentVariable("REALTIME_TEST_SCALE"), CultureInfo.InvariantCulture, out var factor) ? factor : 1;

    [Fact]
    public void Replicas_AfterAnything_EqualTheServerAndHaveMadeEachChangeOnce()
    {
        for (var seed = 0; seed < Runs * Scale; seed++)
        {
            try
            {
                Run(seed);
            }
            catch (Exception exception)
            {
                throw new XunitException($"With the seed {seed}: {exception}");
            }
        }
    }

    private static void Run(int seed)
    {
        var random = new Random(seed);
        var server = new ModelServer(random);
        var clients = Enumerable.Range(0, Clients).Select(number => new ModelClient(number, server, random)).ToArray();
        Array.ForEach(clients, static client => client.Connect());
        for (var step = 0; step < Steps; step++)
        {
            Step(clients[random.Next(Clients)], clients, server, random);
        }

        server.HasFaults = false;
        Settle(clients);
        foreach (var client in clients)
        {
            Check(client, server);
        }
    }

    private static void Step(ModelClient client, ModelClient[] clients, ModelServer server, Random random)
    {
        switch (random.Next(100))
        {
            case < 18: client.Make(null, Patch(random, 3)); break;
            case < 22: client.Make("event", null); break;
            case < 24: client.Undo(); break;
            case < 50: client.Arrive(); break;
            case < 70: client.Hear(); break;
            case < 88: client.Listen(random.Next(3) == 0); break;
            case < 90: client.Retry(); break;
            case < 91: client.Rename(random.Next(100).ToString(CultureInfo.InvariantCulture)); break;
            case < 92: client.CloseGap(); break;
            case < 95: client.Connect(); break;
            case < 97: client.Cut(); break;
            case < 98: server.Touch(Patch(random, 3)); break;
            default:
                if (random.Next(10) == 0)
                {
                    server.ForgetWriters(clients);
                }
                else if (random.Next(10) == 0)
                {
                    Array.ForEach(clients, static one => one.Cut());
                    server.ChangeEpoch();
                }

                break;
        }
    }

    /// <summary>Lets everything arrive, until nothing is on its way.</summary>
    private static void Settle(ModelClient[] clients)
    {
        for (var round = 0; round < 100_000 && !clients.All(static client => client.IsQuiet); round++)
        {
            foreach (var client in clients)
            {
                client.Connect();
                client.Arrive();
                client.Hear();
                client.Listen(conflate: false);
                client.Retry();
            }
        }
    }

    private static void Check(ModelClient client, ModelServer server)
    {
        Assert.True(
            client.Replica.Status == SyncStatus.Synchronized,
            $"Client {client.Number} at {client.Replica.Confirmed?.Position} of {server.Head}: gap {client.Replica.HasGap}, changes "
            + string.Join(", ", client.Replica.Unanswered().Select(change => $"{change.WriterId} {change.WriterSequence} {change.Phase}")));
        Assert.Equal(server.Head, client.Replica.Confirmed!.Position);
        Assert.Equal(server.Data, client.Replica.Confirmed.Data);
        Assert.Equal(server.Data, client.Replica.View);
        Assert.Equal(server.Name, client.Replica.Confirmed.Session.Name);
        var order = server.Log.Select(entry => entry.Change).OfType<Change>().Where(client.Made.Contains).ToArray();
        var certain = order.Where(change => !client.Refused.ContainsKey(change));
        Assert.Equal(client.Made.Where(change => !client.Refused.ContainsKey(change) && !IsNothing(change)), certain);
        foreach (var (change, code) in client.Refused)
        {
            Assert.InRange(order.Count(change.Equals), 0, code == ClientErrors.Uncertain ? 1 : 0);
        }
    }

    private static bool IsNothing(Change change) => change.Patch is { } patch && patch.Equals(JsonTree.Empty);

    private static JsonTree Patch(Random random, int depth)
    {
        var patch = JsonTree.Empty;
        for (var members = random.Next(1, 3); members > 0; members--)
        {
            var value = random.Next(depth > 0 ? 6 : 4) switch
            {
                0 => JsonTree.Null,
                1 => JsonTree.Parse("[1]"),
                2 or 3 => JsonTree.From(random.Next(100).ToString(CultureInfo.InvariantCulture)),
                _ => Patch(random, depth - 1),
            };
            patch = patch.With("abc"[random.Next(3)].ToString(), value);
        }

        return patch;
    }
}
