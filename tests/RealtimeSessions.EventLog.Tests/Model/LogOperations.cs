namespace RealtimeSessions.EventLog.Tests.Model;

/// <summary>Makes random sequences of operations; the same seed makes the same sequence.</summary>
internal static class LogOperations
{
    private static readonly string?[] Writers = [null, null, "ann", "bob", "cid"];

    public static IReadOnlyList<LogOperation> Generate(int seed, int count)
    {
        var random = new Random(seed);
        var creation = new AppendPlan(random.Next(1, 5), false, true, false, false, null, null, Writers[random.Next(5)], 0);
        LogOperation first = random.Next(10) > 0 ? new AppendOperation([creation]) : Next(random);
        return [first, .. Enumerable.Range(1, count - 1).Select(_ => Next(random))];
    }

    private static LogOperation Next(Random random) =>
        random.Next(100) switch
        {
            < 40 => new AppendOperation([.. Enumerable.Range(0, random.Next(3) == 0 ? random.Next(2, 6) : 1).Select(_ => Plan(random))]),
            < 52 => new ReadOperation(random.Next(-2, 30), random.Next(0, 20)),
            < 58 => new WriteSnapshotOperation(random.Next(-1, 12), random.Next(0, 50), Rarely(random, 10)),
            < 64 => new ReadSnapshotOperation(random.Next(-1, 15)),
            < 67 => new TrimOperation(random.Next(-1, 20), Rarely(random, 10)),
            < 75 => new OpenTailOperation(Rarely(random, 25) ? -random.Next(1, 3) : random.Next(0, 20), Rarely(random, 20)),
            < 99 => new ReadTailOperation(random.Next(100)),
            _ => Rarely(random, 2) ? new DeleteOperation() : new ReadSnapshotOperation(0),
        };

    private static AppendPlan Plan(Random random) =>
        new(
            Events: random.Next(1, 4),
            ChangesRights: Rarely(random, 8),
            MustBeNew: Rarely(random, 12),
            AllowSealed: Rarely(random, 3),
            Seal: Rarely(random, 60),
            SequenceOffset: Rarely(random, 4) ? Offset(random) : null,
            GuardOffset: Rarely(random, 4) ? Offset(random) : null,
            Writer: Writers[random.Next(Writers.Length)],
            NumberOffset: Offset(random));

    /// <summary>Mostly zero: the condition holds.</summary>
    private static int Offset(Random random) => Rarely(random, 3) ? random.Next(-2, 3) : 0;

    private static bool Rarely(Random random, int oneIn) => random.Next(oneIn) == 0;
}
