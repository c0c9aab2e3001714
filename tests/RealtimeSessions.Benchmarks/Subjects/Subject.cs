using RealtimeSessions.Benchmarks.Measure;

namespace RealtimeSessions.Benchmarks.Subjects;

/// <summary>A server under test: a process, and how one comes in.</summary>
internal abstract class Subject(string name, string dialect, Probe probe) : IAsyncDisposable
{
    /// <summary>What the tables call it.</summary>
    public string Name => name;

    /// <summary>How its hub is spoken to.</summary>
    public string Dialect => dialect;

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

    /// <summary>Makes a session that the members can join.</summary>
    public virtual Task CreateSessionAsync(string sessionId) => Task.CompletedTask;

    /// <summary>Throws if it has logged an error.</summary>
    public virtual void AssertNoErrors()
    {
    }

    public abstract ValueTask DisposeAsync();
}
