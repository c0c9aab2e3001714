using System.Text;
using RealtimeSessions.Benchmarks.Load;
using RealtimeSessions.Benchmarks.Measure;
using RealtimeSessions.Testing;

namespace RealtimeSessions.Benchmarks.Subjects;

/// <summary>A server under test: a process, and how one comes in.</summary>
internal abstract class Subject(string name, Probe probe) : IAsyncDisposable
{
    private const int InFlight = 16;

    /// <summary>What the tables call it.</summary>
    public string Name => name;

    /// <summary>How its hub is spoken to.</summary>
    public abstract string Dialect { get; }

    /// <summary>How its hub is spoken to where nothing is to be delivered.</summary>
    public abstract string QuietDialect { get; }

    /// <summary>What is known of its memory.</summary>
    public Probe Probe => probe;

    /// <summary>Where it listens.</summary>
    public abstract Uri Address { get; }

    /// <summary>The server's process.</summary>
    public abstract int ServerId { get; }

    /// <summary>The process of its Redis, if it has one.</summary>
    public virtual int? RedisId => null;

    /// <summary>The token that members connect with, if it wants one.</summary>
    public virtual string? Token => null;

    /// <summary>Makes sessions that the members can join.</summary>
    /// <param name="sessions">Their ids, which must be new.</param>
    /// <param name="data">What their data shall be; null: empty.</param>
    public async Task CreateSessionsAsync(IReadOnlyList<string> sessions, PatchShape? data = null)
    {
        await using var client = await HubClient.ConnectAsync(Address, Token);
        await Parallel.ForEachAsync(
            sessions, new ParallelOptions { MaxDegreeOfParallelism = InFlight },
            async (session, _) =>
            {
                await CreateAsync(client, session);
                foreach (var patch in data?.Fill() ?? [])
                {
                    await PatchAsync(client, session, patch);
                }
            });
    }

    /// <summary>Throws if it has logged an error.</summary>
    public virtual void AssertNoErrors()
    {
    }

    public abstract ValueTask DisposeAsync();

    /// <summary>Makes one session.</summary>
    protected abstract Task CreateAsync(HubClient client, string session);

    /// <summary>Patches a session's data.</summary>
    /// <param name="client">A connection.</param>
    /// <param name="session">The session.</param>
    /// <param name="patch">The patch as JSON.</param>
    protected abstract Task PatchAsync(HubClient client, string session, string patch);

    /// <summary>Calls a method with arguments that are JSON already.</summary>
    protected static Task CallAsync(HubClient client, string method, string arguments) => client.CallRawAsync(method, Encoding.UTF8.GetBytes(arguments));
}
