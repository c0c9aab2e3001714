using RealtimeSessions.EventLog.Redis;
using RealtimeSessions.Testing;

namespace RealtimeSessions.EventLog.Tests.Redis;

public class SharedTimeoutTests
{
    private readonly VirtualTime _time = new();

    [Theory]
    [InlineData(0)]
    [InlineData(0.4)]
    [InlineData(0.7)]
    public void Next_CallThatBeginsAtAnyTime_WaitsForTheTimeoutAndAtMostHalfASecondMore(double begins)
    {
        var timeout = new SharedTimeout(TimeSpan.FromSeconds(5), _time);
        var earlier = timeout.Next();
        _time.Advance(TimeSpan.FromSeconds(begins));

        var token = timeout.Next();

        Assert.Equal(begins < 0.5, token == earlier);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.False(token.IsCancellationRequested);
        _time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.True(token.IsCancellationRequested);
    }
}
