using System.Collections.Immutable;
using System.Text.Json;
using RealtimeSessions.Benchmarks.Load;
using RealtimeSessions.Benchmarks.Load.Orders;
using RealtimeSessions.Benchmarks.Measure;

namespace RealtimeSessions.Benchmarks.Subjects;

/// <summary>The connections to one subject, in a process of the load generator.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    private readonly Subject _subject;
    private readonly RoleProcess _process = new(ImmutableDictionary<string, string>.Empty, LoadGenerator.Role);

    private Crowd(Subject subject, string name) => (_subject, Name) = (subject, name);

    public Subject Subject => _subject;

    /// <summary>What the tables call it.</summary>
    public string Name { get; }

    /// <summary>Makes sessions and joins them.</summary>
    /// <param name="subject">The server.</param>
    /// <param name="plan">Which, and how.</param>
    /// <param name="name">What the tables call it; null: by the server's name.</param>
    public static async Task<Crowd> JoinAsync(Subject subject, CrowdPlan plan, string? name = null)
    {
        await subject.CreateSessionsAsync(plan.Sessions, plan.IsFilled ? new PatchShape(plan.Names) : null);
        var crowd = new Crowd(subject, name ?? subject.Name);
        try
        {
            await crowd.DoAsync(new ConnectOrder
            {
                Dialect = plan.IsQuiet ? subject.QuietDialect : subject.Dialect,
                Server = subject.Address,
                Token = subject.Token,
                Sessions = plan.Sessions,
                MembersPerSession = plan.MembersPerSession,
                Names = plan.Names,
                BufferBytes = plan.BufferBytes,
                SmallBuffers = plan.SmallBuffers,
            });
        }
        catch
        {
            await crowd.DisposeAsync();
            throw;
        }

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

    /// <summary>Has something done.</summary>
    /// <exception cref="LoadException">It failed.</exception>
    public async Task<Answer> DoAsync(Order order)
    {
        await _process.WriteLineAsync(JsonSerializer.Serialize(order));
        var answer = JsonSerializer.Deserialize<Answer>(await _process.ReadLineAsync())!;
        return answer.Failure is { } failure ? throw new LoadException($"{_subject.Name}: {failure}") : answer;
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
