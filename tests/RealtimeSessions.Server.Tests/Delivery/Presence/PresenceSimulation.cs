using RealtimeSessions.Protocol.Data;
using RealtimeSessions.Server.Delivery.Presence.Peers;
using RealtimeSessions.Server.Delivery.Presence.Roster;
using static RealtimeSessions.Server.Tests.Support.Make;

namespace RealtimeSessions.Server.Tests.Delivery.Presence;

/// <summary>
/// Several servers with people in one session, in virtual time. Until <see cref="Settle"/> messages are lost, doubled, late and out of order; until
/// <see cref="ConnectAll"/> servers lose their connection for a while, die without a word, end and begin again.
/// </summary>
internal sealed class PresenceSimulation(int seed)
{
    private const int Users = 6;
    private const int LongestDelay = 8_000;

    private static readonly TimeSpan AliveInterval = TimeSpan.FromSeconds(10);

    private readonly Random _random = new(seed);
    private readonly PriorityQueue<(Server To, string From, PeerMessage Message), TimeSpan> _network = new();
    private readonly List<Server> _servers = [];
    private TimeSpan _now;
    private long _versions;
    private int _names;
    private bool _isConnected;
    private bool _isFair;

    /// <summary>How many messages were lost.</summary>
    public int Lost { get; private set; }

    /// <summary>Begins with some servers.</summary>
    public void Start(int servers)
    {
        for (var i = 0; i < servers; i++)
        {
            Open($"server-{i}");
        }
    }

    /// <summary>Something happens, and a little time passes.</summary>
    public void Step()
    {
        var server = _servers[_random.Next(_servers.Count)];
        switch (_random.Next(100))
        {
            case < 30:
                server.Enter($"user-{_random.Next(Users)}", $"connection-{++_names}");
                break;
            case < 55 when server.Connections.Count > 0:
                server.Leave(Any(server));
                break;
            case < 75 when server.Connections.Count > 0:
                server.Patch(Any(server), $"{{\"{"abc"[_random.Next(3)]}\":{(_random.Next(3) == 0 ? "null" : _random.Next(9))}}}");
                break;
            case < 87:
                server.Tell(_now);
                break;
            case < 97 when !_isConnected:
                Disturb(server);
                break;
        }

        Pass(TimeSpan.FromMilliseconds(_random.Next(_random.Next(10) == 0 ? 12_000 : 400)));
    }

    /// <summary>From now on every server stays, and is connected.</summary>
    public void ConnectAll()
    {
        _isConnected = true;
        _servers.ForEach(Connect);
    }

    /// <summary>From now on every message arrives, and nothing else happens for so long as a silent server is waited for, and a little more.</summary>
    public void Settle()
    {
        _isFair = true;
        _servers.ForEach(server => server.Tell(_now));
        Pass(PresenceRoster.Silence + TimeSpan.FromMilliseconds(LongestDelay) + TimeSpan.FromSeconds(2));
    }

    /// <summary>Fails unless every server has everybody, and its members know it.</summary>
    public void AssertAgreed()
    {
        var expected = JsonTree.Empty;
        foreach (var ((user, connection), state) in _servers.SelectMany(server => server.Connections))
        {
            expected.TryGetMember(user, out var connections);
            expected = expected.With(user, (connections ?? JsonTree.Empty).With(connection, state));
        }

        Assert.All(_servers, server =>
        {
            server.Tell(_now);
            Assert.Equal(expected, server.Roster.Told);
            Assert.Equal(expected, server.Told);
        });
    }

    private (string User, string Connection) Any(Server server) => server.Connections.Keys.ElementAt(_random.Next(server.Connections.Count));

    private void Disturb(Server server)
    {
        switch (_random.Next(10))
        {
            case < 3:
                server.IsConnected = false;
                break;
            case < 7:
                Connect(server);
                break;
            case < 8:
                // It dies, and another one is started.
                _servers.Remove(server);
                Open($"started-{++_names}");
                break;
            default:
                // Its last member leaves, and another one comes.
                server.Connections.Keys.ToList().ForEach(server.Leave);
                server.Tell(_now);
                _servers.Remove(server);
                Open(server.Id);
                break;
        }
    }

    private void Connect(Server server)
    {
        if (!server.IsConnected)
        {
            server.IsConnected = true;
            server.Roster.Resume(_now);
        }
    }

    private void Open(string id)
    {
        Server server = null!;
        server = new Server(id, new PresenceRoster(id, ++_versions << 32, AliveInterval, message => Send(server, message)));
        _servers.Add(server);
        server.Roster.Resume(_now);
    }

    private void Send(Server from, PeerMessage message)
    {
        foreach (var to in _servers)
        {
            var copies = _isFair ? 1 : _random.Next(10) switch { 0 => 0, 1 => 2, _ => 1 };
            if (!from.IsConnected || copies == 0)
            {
                Lost++;
                continue;
            }

            for (var i = 0; i < copies; i++)
            {
                var delay = _isFair || _random.Next(2) == 0 ? 5 : _random.Next(_random.Next(5) == 0 ? LongestDelay : 300);
                _network.Enqueue((to, from.Id, message), _now + TimeSpan.FromMilliseconds(delay));
            }
        }
    }

    private void Pass(TimeSpan time)
    {
        for (var end = _now + time; ;)
        {
            var due = _servers.Min(server => server.Roster.DueAt);
            var arrival = _network.TryPeek(out _, out var at) ? at : TimeSpan.MaxValue;
            var next = arrival < due ? arrival : due;
            if (next > end)
            {
                _now = end;
                return;
            }

            _now = next > _now ? next : _now;
            if (arrival <= due)
            {
                var (to, from, message) = _network.Dequeue();
                if (to.IsConnected && _servers.Contains(to))
                {
                    to.Roster.Take(from, message, _now);
                }
            }
            else
            {
                _servers.ForEach(server => server.Roster.Advance(_now));
            }
        }
    }

    private sealed class Server(string id, PresenceRoster roster)
    {
        public string Id => id;

        public PresenceRoster Roster => roster;

        public bool IsConnected { get; set; } = true;

        /// <summary>The connections it has, as it should say.</summary>
        public Dictionary<(string User, string Connection), JsonTree> Connections { get; } = [];

        /// <summary>What its members know.</summary>
        public JsonTree Told { get; private set; } = JsonTree.Empty;

        public void Enter(string user, string connection) => Put((user, connection), Tree("""{"is":"new"}"""));

        public void Leave((string User, string Connection) key) => Put(key, null);

        public void Patch((string User, string Connection) key, string patch) => Put(key, MergePatch.Apply(Connections[key], Tree(patch)));

        public void Tell(TimeSpan now)
        {
            Roster.TellPeers(now);
            if (Roster.TakeDifference() is { } difference)
            {
                Told = MergePatch.Apply(Told, difference);
            }
        }

        private void Put((string User, string Connection) key, JsonTree? state)
        {
            if (state is null)
            {
                Connections.Remove(key);
            }
            else
            {
                Connections[key] = state;
            }

            Roster.Set(key.User, key.Connection, state);
        }
    }
}
