namespace RealtimeSessions.LoadTester.Commands;

/// <summary>What the process ends with.</summary>
internal static class ExitCodes
{
    /// <summary>It was done, and all checks held.</summary>
    public const int Held = 0;

    /// <summary>It was done, and a check did not hold.</summary>
    public const int Failed = 1;

    /// <summary>It could not be done: the command line, a file, the server, a right.</summary>
    public const int CouldNotRun = 2;
}
