using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Applications;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Applications;

public sealed class CachedApplicationTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TryAdd_WhenItWasReadInBetween_TellsWhoeverDidNotKnow(bool knowsPresent)
    {
        var application = new CachedApplication("demo", TimeProvider.System);
        var models = Channel.CreateUnbounded<ApplicationModel?>();
        using var follower = new ApplicationFollower(application, model => models.Writer.TryWrite(model), NullLogger.Instance);
        var (present, later) = (Model("present"), Model("later"));
        application.Accept(present, 1);

        Assert.True(application.TryAdd(follower, knowsPresent));

        if (!knowsPresent)
        {
            Assert.Same(present, await NextAsync());
        }

        application.Accept(later, 2);
        Assert.Same(later, await NextAsync());
        Assert.Equal(0, models.Reader.Count);

        static ApplicationModel Model(string name) => new(
            new Application { ApplicationId = "demo", Name = name, CreatedBy = "alice", CreatedAt = Make.Noon }, []);

        async Task<ApplicationModel?> NextAsync() => await models.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));
    }
}
