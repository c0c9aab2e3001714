using System.Text;

namespace RealtimeSessions.EventLog.Tests.Support;

/// <summary>Events and appends that a test needs without caring what is in them.</summary>
internal static class Some
{
    public static NewEvent Event(string text = "event", bool changesRights = false) =>
        new(Guid.NewGuid(), DateTimeOffset.UtcNow, Encoding.UTF8.GetBytes(text), changesRights);

    public static NewEvent Event(byte[] payload) => new(Guid.NewGuid(), DateTimeOffset.UtcNow, payload);

    /// <summary>An append to a log that exists.</summary>
    public static LogAppend Append(int events = 1) =>
        new() { Events = [.. Enumerable.Range(0, events).Select(i => Event($"event {i}"))] };

    public static LogAppend Append(params NewEvent[] events) => new() { Events = events };

    /// <summary>An append that makes the log.</summary>
    public static LogAppend New(int events = 1) => Append(events) with { MustBeNew = true };

    /// <summary>An append under a writer's number.</summary>
    public static LogAppend By(string writer, long number, int events = 1) =>
        Append(events) with { Writer = new WriterNumber(writer, number) };

    public static byte[] Bytes(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
