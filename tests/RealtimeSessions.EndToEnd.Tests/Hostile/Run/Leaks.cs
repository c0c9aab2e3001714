namespace RealtimeSessions.EndToEnd.Tests.Hostile.Run;

/// <summary>What must not be in any answer: the server's insides.</summary>
internal static class Leaks
{
    // As they stand in names of types and in stack traces. None of them is in what is sent.
    private static readonly string[] Signs = ["RealtimeSessions.", "System.", "Microsoft.", "Sqlite", "StackExchange", "   at ", ".cs:line"];

    /// <summary>What an answer gives away, or null.</summary>
    public static string? In(string answer) => Signs.FirstOrDefault(sign => answer.Contains(sign, StringComparison.Ordinal)) is { } found
        ? $"An answer names \"{found}\": {answer[..Math.Min(answer.Length, 1_000)]}"
        : null;
}

/// <summary>Something happened that must not.</summary>
internal sealed class HostileException(string message) : Exception(message);
