using System.Collections.Immutable;
using System.Text.Json;
using RealtimeSessions.Benchmarks.Load;
using RealtimeSessions.Benchmarks.Load.Orders;
using RealtimeSessions.Benchmarks.Load.Wire;
using RealtimeSessions.Benchmarks.Measure;

namespace RealtimeSessions.Benchmarks.Subjects;

/// <summary>The connections to one subject, in a process of the load generator.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    // One thread reads all sockets, and what comes is taken on it.
    private static readonly ImmutableDictionary<string, string> OneThread = ImmutableDictionary<string, string>.Empty
        .Add("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1")
        .Add("DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT", "1");

    private readonly Subject _subject;
    private readonly RoleProcess _process = new(OneThread, LoadGenerator.Role);

    private Crowd(Subject subject) => _subject = subject;

    public Subject Subject => _subject;

    /// <summary>Makes sessions and joins them.</summary>
    /// <param name="subject">The server.</param>
    /// <param name="sessions">The ids of the sessions, which must be new.</param>
    /// <param name="membersPerSession">How many connections join each.</param>
    /// <param name="bufferBytes">How much a connection reads at once.</param>
    public static async Task<Crowd> JoinAsync(
        Subject subject, IReadOnlyList<string> sessions, int membersPerSession, int bufferBytes = 64 * 1024)
    {
        foreach (var session in sessions)
        {
            await subject.CreateSessionAsync(session);
        }

        var crowd = new Crowd(subject);
        await crowd.DoAsync(new ConnectOrder(subject.Dialect, subject.Address, subject.Token, sessions, membersPerSession, bufferBytes));
        return crowd;
    }

    /// <summary>Has something done and measures what it cost.</summary>
    public async Task<Round> RunAsync(Order order)
    {
        int[] processes = [_subject.ServerId, _process.Id, .. _subject.RedisId is { } redis ? new[] { redis } : []];
        var (time, memory) = (new ProcessTime(processes), await _subject.Probe.ReadAsync());
        var answer = await DoAsync(order);
        var used = time.Used();
        var allocated = (await _subject.Probe.ReadAsync()).Allocated - memory.Allocated;
        _subject.AssertNoErrors();
        return new Round(answer, used[0], used[1], used.ElementAtOrDefault(2), allocated);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    /// <exception cref="LoadException">It failed.</exception>
    private async Task<Answer> DoAsync(Order order)
    {
        await _process.WriteLineAsync(JsonSerializer.Serialize(order));
        var answer = JsonSerializer.Deserialize<Answer>(await _process.ReadLineAsync())!;
        return answer.Failure is { } failure ? throw new LoadException($"{_subject.Name}: {failure}") : answer;
    }
}

/// <summary>What a round brought.</summary>
/// <param name="Answer">What the load generator saw.</param>
/// <param name="Server">The server's processor time.</param>
/// <param name="Generator">The load generator's.</param>
/// <param name="Redis">That of the server's Redis, if it has one.</param>
/// <param name="Allocated">Bytes that the server allocated.</param>
internal sealed record Round(Answer Answer, TimeSpan Server, TimeSpan Generator, TimeSpan Redis, long Allocated)
{
    public double PatchesPerSecond => Answer.Patches / Answer.Time.TotalSeconds;

    public double DeliveriesPerSecond => Answer.Deliveries / Answer.Time.TotalSeconds;

    public double ServerMicros => Server.TotalMicroseconds / Answer.Deliveries;

    public double GeneratorMicros => Generator.TotalMicroseconds / Answer.Deliveries;

    public double RedisMicros => Redis.TotalMicroseconds / Answer.Deliveries;

    public double AllocatedBytes => (double)Allocated / Answer.Deliveries;
}
