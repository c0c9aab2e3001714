namespace RealtimeSessions.Benchmarks.Measure;

/// <summary>How often and how long is measured.</summary>
/// <param name="Rounds">Rounds of each subject, after one that is not counted.</param>
/// <param name="Time">How long load is made in one.</param>
/// <param name="WarmUp">How long in the one that is not counted: what runs often is compiled anew meanwhile.</param>
internal sealed record Pace(int Rounds, TimeSpan Time, TimeSpan WarmUp)
{
    /// <summary>For figures.</summary>
    public static Pace Full { get; } = new(7, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(12));

    /// <summary>For trying out.</summary>
    public static Pace Quick { get; } = new(3, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3));

    /// <summary>How long load is made in a round; number 0 is the one that is not counted.</summary>
    public TimeSpan TimeOf(int round) => round == 0 ? WarmUp : Time;
}
