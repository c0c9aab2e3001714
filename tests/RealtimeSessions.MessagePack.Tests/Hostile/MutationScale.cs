using System.Globalization;

namespace RealtimeSessions.MessagePack.Tests.Hostile;

/// <summary>
/// How many mutants are read. <c>REALTIME_MUTANTS</c> says how many, <c>REALTIME_MUTANTS_SEED</c> the number of the first one: a mutant that failed
/// can so be read alone.
/// </summary>
internal static class MutationScale
{
    private const int UsualMutants = 20_000;

    public static int Mutants { get; } = Read("REALTIME_MUTANTS", UsualMutants);

    public static int FirstSeed { get; } = Read("REALTIME_MUTANTS_SEED", 1);

    private static int Read(string name, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : usual;
}
