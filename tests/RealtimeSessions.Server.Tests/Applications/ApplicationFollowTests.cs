using System.Threading.Channels;
using RealtimeSessions.Server.Applications;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Applications;

public sealed class ApplicationFollowTests : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private ServerParts _parts = null!;

    public async Task InitializeAsync() => _parts = await ServerParts.StartAsync();

    public async Task DisposeAsync() => await _parts.DisposeAsync();

    [Fact]
    public async Task Follow_OfAKnownApplication_TellsEveryLaterChangeAndNotThePresent()
    {
        await _parts.Applications.GetAsync("demo");
        var told = Channel.CreateUnbounded<ApplicationModel?>();
        using var follower = _parts.Applications.Follow("demo", Taking(told));

        await RenameAsync("one");

        Assert.Equal("one", (await NextAsync(told))!.Application.Name);
        await RenameAsync("two");
        Assert.Equal("two", (await NextAsync(told))!.Application.Name);
    }

    [Fact]
    public async Task Follow_OfAnApplicationNotReadYet_TellsTheFirstReading()
    {
        var told = Channel.CreateUnbounded<ApplicationModel?>();
        using var follower = _parts.Applications.Follow("demo", Taking(told));

        Assert.Equal("Demo", (await NextAsync(told))!.Application.Name);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("../demo")]
    [InlineData("")]
    public async Task Follow_OfNoApplication_TellsThatThereIsNone(string applicationId)
    {
        var told = Channel.CreateUnbounded<ApplicationModel?>();
        using var follower = _parts.Applications.Follow(applicationId, Taking(told));

        Assert.Null(await NextAsync(told));
    }

    [Fact]
    public async Task Follow_ApplicationIsMadeLater_TellsIt()
    {
        var told = Channel.CreateUnbounded<ApplicationModel?>();
        using var follower = _parts.Applications.Follow("later", Taking(told));
        Assert.Null(await NextAsync(told));

        await _parts.Store.CreateAsync((await ReadAsync()).Application with { ApplicationId = "later" }, []);

        Assert.Equal("later", (await NextAsync(told))!.Application.ApplicationId);
    }

    [Fact]
    public async Task Follow_ApplicationIsDeleted_TellsThatThereIsNone()
    {
        await _parts.Applications.GetAsync("demo");
        var told = Channel.CreateUnbounded<ApplicationModel?>();
        using var follower = _parts.Applications.Follow("demo", Taking(told));

        await ChangeAsync(document => document with { DeletedAt = Make.Noon });

        Assert.Null(await NextAsync(told));
        Assert.Null(await _parts.Applications.GetAsync("demo"));
    }

    [Fact]
    public async Task Follow_ChangesWhileTheFollowerIsBusy_NeverCallsHimTwiceAtATimeAndEndsWithTheLast()
    {
        await _parts.Applications.GetAsync("demo");
        var (calls, most, last) = (0, 0, "");
        using var follower = _parts.Applications.Follow("demo", model =>
        {
            most = Math.Max(most, Interlocked.Increment(ref calls));
            Thread.Yield();
            last = model!.Application.Name;
            Interlocked.Decrement(ref calls);
        });

        await Task.WhenAll(Enumerable.Range(1, 50).Select(_ => RenameAsync("busy")));
        await RenameAsync("last");

        await Wait.UntilAsync(() => Volatile.Read(ref last) == "last");
        Assert.Equal(1, most);
    }

    [Fact]
    public async Task Follow_AFollowerFails_IsLoggedAndHarmsNobody()
    {
        await _parts.Applications.GetAsync("demo");
        var told = Channel.CreateUnbounded<ApplicationModel?>();
        using var failing = _parts.Applications.Follow("demo", model =>
        {
            told.Writer.TryWrite(model);
            throw new InvalidOperationException("It was meant to fail.");
        });

        await RenameAsync("one");
        await NextAsync(told);
        await RenameAsync("two");

        Assert.Equal("two", (await NextAsync(told))!.Application.Name);
        await Wait.UntilAsync(() => _parts.Logs.Errors.Count == 2);
        Assert.All(_parts.Logs.Errors, error => Assert.Contains("It was meant to fail.", error, StringComparison.Ordinal));
        _parts.Logs.Clear();
    }

    [Fact]
    public async Task Dispose_OfAFollower_TellsHimNothingMore()
    {
        await _parts.Applications.GetAsync("demo");
        var (gone, there) = (Channel.CreateUnbounded<ApplicationModel?>(), Channel.CreateUnbounded<ApplicationModel?>());
        var follower = _parts.Applications.Follow("demo", Taking(gone));
        using var other = _parts.Applications.Follow("demo", Taking(there));

        follower.Dispose();
        await RenameAsync("one");

        await NextAsync(there);
        Assert.False(gone.Reader.TryRead(out _));
    }

    private static Action<ApplicationModel?> Taking(Channel<ApplicationModel?> told) => model => told.Writer.TryWrite(model);

    private static Task<ApplicationModel?> NextAsync(Channel<ApplicationModel?> told) => told.Reader.ReadAsync().AsTask().WaitAsync(Soon);

    private Task RenameAsync(string name) =>
        ChangeAsync(document => document with { Application = document.Application with { Name = name } });

    private async Task ChangeAsync(Func<ApplicationDocument, ApplicationDocument> change)
    {
        long? written = null;
        while (written is null)
        {
            var entry = (await _parts.Store.GetAsync("demo"))!;
            written = (await _parts.Store.PutAsync(change(ApplicationStore.Read(entry)), entry.Version)).Value;
        }
    }

    private async Task<ApplicationDocument> ReadAsync() => ApplicationStore.Read((await _parts.Store.GetAsync("demo"))!);
}
