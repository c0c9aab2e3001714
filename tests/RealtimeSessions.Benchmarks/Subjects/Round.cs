using RealtimeSessions.Benchmarks.Load.Orders;

namespace RealtimeSessions.Benchmarks.Subjects;

/// <summary>What a round brought.</summary>
/// <param name="Answer">What the load generator saw.</param>
/// <param name="Server">The server's processor time.</param>
/// <param name="Generator">The load generator's.</param>
/// <param name="Redis">That of the server's Redis, if it has one.</param>
/// <param name="Allocated">Bytes that the server allocated.</param>
internal sealed record Round(Answer Answer, TimeSpan Server, TimeSpan Generator, TimeSpan Redis, long Allocated)
{
    public double PatchesPerSecond => Answer.Patches / Answer.Time.TotalSeconds;

    public double DeliveriesPerSecond => Answer.Deliveries / Answer.Time.TotalSeconds;

    public double ServerMicros => Server.TotalMicroseconds / Answer.Deliveries;

    public double GeneratorMicros => Generator.TotalMicroseconds / Answer.Deliveries;

    public double RedisMicros => Redis.TotalMicroseconds / Answer.Deliveries;

    public double AllocatedBytes => (double)Allocated / Answer.Deliveries;
}
