using RealtimeSessions.EndToEnd.Tests.Table.Model;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EndToEnd.Tests.Table.Calls;

/// <summary>A test that calls what the table has, as several users over every server. It fails if a server logs an error meanwhile.</summary>
public abstract class TableTest : IAsyncLifetime
{
    private const int Parallel = 24;
    private const int Connections = 4;

    private readonly Dictionary<string, Doors> _doors = [];

    /// <summary>The servers.</summary>
    protected abstract IReadOnlyList<ServerProcess> Servers { get; }

    internal Stage Stage { get; private set; } = null!;

    internal Tally Tally { get; } = new();

    public virtual async Task InitializeAsync()
    {
        foreach (var user in new[] { Stage.User, Caller.Bob.User, Caller.Carol.User, Caller.Guest })
        {
            _doors[user] = await Doors.OpenAsync(Servers, user, Connections);
        }

        Stage = new Stage(_doors[Stage.User], _doors[Caller.Guest]);
    }

    public virtual async Task DisposeAsync()
    {
        foreach (var doors in _doors.Values)
        {
            await doors.DisposeAsync();
        }

        Assert.All(Servers, server => server.AssertNoErrors());
    }

    /// <summary>The doors of a user.</summary>
    internal Doors DoorsOf(string user) => _doors[user];

    /// <summary>Does something with each of many, some at a time.</summary>
    protected static async Task<TResult[]> ForEachAsync<T, TResult>(IReadOnlyList<T> items, Func<T, Task<TResult>> action)
    {
        var results = new TResult[items.Count];
        await System.Threading.Tasks.Parallel.ForAsync(0, items.Count, new ParallelOptions { MaxDegreeOfParallelism = Parallel }, async (i, _) =>
            results[i] = await action(items[i]));
        return results;
    }
}
