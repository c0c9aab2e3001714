namespace RealtimeSessions.Benchmarks.Load;

/// <summary>The load cannot be made, or what came is not what should have come.</summary>
internal sealed class LoadException(string message) : Exception(message);
