namespace RealtimeSessions.LoadTester;

/// <summary>The load cannot be made: what the user is told, in one sentence that says what to do.</summary>
/// <param name="message">The sentence.</param>
/// <param name="inner">What it comes from, or null.</param>
internal sealed class LoadException(string message, Exception? inner = null) : Exception(message, inner);
