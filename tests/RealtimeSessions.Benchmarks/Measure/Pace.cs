namespace RealtimeSessions.Benchmarks.Measure;

/// <summary>How often and how long is measured.</summary>
/// <param name="Rounds">Rounds of each subject, after one that is not counted.</param>
/// <param name="Time">How long load is made in one.</param>
internal sealed record Pace(int Rounds, TimeSpan Time)
{
    /// <summary>For figures.</summary>
    public static Pace Full { get; } = new(7, TimeSpan.FromSeconds(3));

    /// <summary>For trying out.</summary>
    public static Pace Quick { get; } = new(3, TimeSpan.FromSeconds(1));
}
