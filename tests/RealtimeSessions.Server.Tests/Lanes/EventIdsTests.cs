using RealtimeSessions.Server.Lanes;

namespace RealtimeSessions.Server.Tests.Lanes;

public class EventIdsTests
{
    [Fact]
    public void Next_AnyTime_IsAVersion7IdOfThatTime()
    {
        var now = new DateTimeOffset(2026, 11, 21, 20, 33, 46, 123, TimeSpan.Zero);

        var id = EventIds.Next(now);

        Assert.Equal(7, id.Version);
        Assert.Equal(8, id.Variant & 0xC);
        Assert.Equal(Guid.CreateVersion7(now).ToString()[..13], id.ToString()[..13]);
    }

    [Fact]
    public void Next_ManyOfOneMillisecondOnSeveralThreads_AreDifferent()
    {
        var ids = new System.Collections.Concurrent.ConcurrentDictionary<Guid, bool>();

        Parallel.For(0, 4, _ =>
        {
            for (var i = 0; i < 2_000; i++)
            {
                Assert.True(ids.TryAdd(EventIds.Next(DateTimeOffset.UnixEpoch), true));
            }
        });

        Assert.Equal(8_000, ids.Count);
    }
}
