using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.Table.Calls;

/// <summary>The ways in of one user, over every server in turn: what is made over one is used over another.</summary>
internal sealed class Doors : IAsyncDisposable
{
    private readonly List<HubClient> _hubs = [];
    private readonly List<RestClient> _rests = [];
    private Door[] _hubDoors = [];
    private Door[] _restDoors = [];
    private int _turn;

    /// <summary>Opens the doors.</summary>
    /// <param name="servers">The servers.</param>
    /// <param name="user">The user.</param>
    /// <param name="connections">How many connections to each server's hub.</param>
    public static async Task<Doors> OpenAsync(IReadOnlyList<ServerProcess> servers, string user, int connections)
    {
        var doors = new Doors();
        foreach (var server in servers)
        {
            var token = await server.SignInAsync(user);
            for (var i = 0; i < connections; i++)
            {
                doors._hubs.Add(await HubClient.ConnectAsync(server.Address, token));
            }

            doors._rests.Add(await RestClient.SignInAsync(server, user));
        }

        // Neighbours are connections to different servers.
        doors._hubDoors = [.. doors._hubs.Select((hub, i) => (hub, i)).OrderBy(pair => pair.i % connections).Select(pair => new HubDoor(pair.hub))];
        doors._restDoors = [.. doors._rests.Select(rest => new RestDoor(rest))];
        return doors;
    }

    /// <summary>The next door of the hub.</summary>
    public Door Hub => Next(_hubDoors);

    /// <summary>The next door of the REST API.</summary>
    public Door Rest => Next(_restDoors);

    /// <summary>One door of each kind.</summary>
    public IEnumerable<Door> OfEachKind => [Hub, Rest];

    /// <summary>One door to each server's REST API.</summary>
    public IEnumerable<Door> RestOfEachServer => _restDoors;

    public async ValueTask DisposeAsync()
    {
        foreach (var hub in _hubs)
        {
            await hub.DisposeAsync();
        }

        _rests.ForEach(rest => rest.Dispose());
    }

    private Door Next(Door[] doors) => doors[(int)((uint)Interlocked.Increment(ref _turn) % doors.Length)];
}
