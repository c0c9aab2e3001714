using System.Diagnostics;
using RealtimeSessions.Client.Live;
using RealtimeSessions.Testing;

namespace RealtimeSessions.Client.Tests.Sessions;

public sealed class NotifierTests
{
    private const int Calls = 1_000_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly RecordedLogs _logs = new();

    [Fact]
    public void Post_AtTheMomentWhenTheLastCallReturns_IsNotForgotten()
    {
        var notifier = new Notifier(_logs.CreateLogger("test"));
        var called = 0;
        var call = () => Volatile.Write(ref called, called + 1);
        for (var i = 1; i <= Calls; i++)
        {
            notifier.Post(call);
            var (start, spin) = (Stopwatch.GetTimestamp(), default(SpinWait));
            while (Volatile.Read(ref called) != i)
            {
                Assert.True(Stopwatch.GetElapsedTime(start) < Patience, $"Call {i} was forgotten.");
                spin.SpinOnce(sleep1Threshold: -1);
            }

            // A little later each time: somewhere there the notifier finds nothing more, and ends.
            Thread.SpinWait(i % 16);
        }
    }
}
