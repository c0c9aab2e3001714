using System.Text.Json;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.Testing;
using static RealtimeSessions.EndToEnd.Tests.Deployments.Callbacks;

namespace RealtimeSessions.EndToEnd.Tests.Durability;

/// <summary>A change whose answer was lost is sent again to the other server and is made once, whichever of the two tries lands first.</summary>
public sealed class RetryTests : IAsyncLifetime
{
    private readonly List<IAsyncDisposable> _owned = [];
    private TcpGate? _storageGate;
    private TcpGate _gate = null!;
    private ServerProcess _one = null!;
    private ServerProcess _other = null!;
    private HubClient _behindGate = null!;
    private HubClient _client = null!;
    private SessionRef _session = null!;

    /// <summary>Clients reach one server through a gate, and it reaches Redis through another.</summary>
    public async Task InitializeAsync()
    {
        try
        {
            await StartAsync();
        }
        catch
        {
            // Nobody else ends what was started.
            await DisposeAsync();
            throw;
        }
    }

    public async Task DisposeAsync()
    {
        _storageGate?.Release();
        for (var i = _owned.Count - 1; i >= 0; i--)
        {
            await _owned[i].DisposeAsync();
        }
    }

    private async Task StartAsync()
    {
        var storage = Own(await RedisStorage.StartAsync());
        _storageGate = Own(new TcpGate(storage.Redis.Port));
        _one = Own(await ServerProcess.StartAsync(storage.SettingsThrough(_storageGate.Port)));
        _other = Own(await ServerProcess.StartAsync(storage.Settings));
        _gate = Own(new TcpGate(_one.Address.Port));
        var token = await _one.SignInAsync("alice");
        _behindGate = Own(await HubClient.ConnectAsync(_gate.Address, token));
        _client = Own(await HubClient.ConnectAsync(_other.Address, token));
        _session = await _behindGate.CreateSessionAsync();
        await _client.JoinAsync(_session, echo: true);
        await _client.NextAsync("SessionReset");
    }

    [Fact]
    public async Task Append_SentAgainAfterTheFirstTryLanded_IsMadeOnce()
    {
        var answerHeld = _gate.HoldAnswers();
        var first = SendAsync(_behindGate, 1);
        var landed = await _client.NextAsync("SessionEventCreated");
        await answerHeld;
        _behindGate.Cut();
        await Assert.ThrowsAsync<ConnectionLostException>(() => first);

        var again = await SendAsync(_client, 1);

        Assert.True(again.GetProperty("duplicate").GetBoolean());
        Assert.Equal(landed.Sequence(), again.Sequence());
        Assert.Equal(landed.GetProperty("eventId").GetGuid(), again.GetProperty("eventId").GetGuid());
        await AssertMadeOnceAsync(1);
    }

    [Fact]
    public async Task Append_SentAgainBeforeTheFirstTryReachedItsServer_IsMadeOnce()
    {
        var held = _gate.HoldRequests();
        var first = SendAsync(_behindGate, 1);
        await held;
        _behindGate.Cut();
        await Assert.ThrowsAsync<ConnectionLostException>(() => first);

        var again = await SendAsync(_client, 1);
        Assert.False(again.TryGetProperty("duplicate", out var duplicate) && duplicate.GetBoolean());
        var answered = _gate.HoldAnswers();
        _gate.Release();
        await answered.WaitAsync(Patience);

        await AssertMadeOnceAsync(1);
    }

    [Fact]
    public async Task Append_SentAgainBeforeTheFirstTryReachedTheStorage_IsMadeOnce()
    {
        await _behindGate.SendEventAsync(_session, "warm");
        await _client.NextAsync("SessionEventCreated");
        var held = _storageGate!.HoldRequests();
        var first = SendAsync(_behindGate, 1);
        var later = _behindGate.SendEventAsync(_session, "later");

        // Calls of a connection are taken in turn: when this one is answered, the server has the other two.
        await _behindGate.CallAsync("LeaveSession", SessionRef.New().With());
        await held.WaitAsync(Patience);
        _behindGate.Cut();
        await Assert.ThrowsAsync<ConnectionLostException>(() => first);
        await Assert.ThrowsAsync<ConnectionLostException>(() => later);

        var again = await SendAsync(_client, 1);
        Assert.False(again.TryGetProperty("duplicate", out var duplicate) && duplicate.GetBoolean());
        _storageGate.Release();

        // What was sent after the first try lands after it.
        var landed = await _client.TakeThroughAsync(again.Sequence() + 1);
        Assert.Equal(["step", "later"], landed.Select(callback => callback.Argument.GetProperty("name").GetString()));
        await AssertMadeOnceAsync(1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Appends_CutInTheMiddleAndSentAgain_AreMadeOnceEachInOrder(int seed)
    {
        const int count = 200;
        var random = new Random(seed);
        var answers = _client.TakeAsync(1 + random.Next(count / 2));
        var first = Enumerable.Range(1, count).Select(number => SendAsync(_behindGate, number)).ToArray();
        await answers;
        _behindGate.Cut();
        await Task.WhenAll(first.Select(call => Record.ExceptionAsync(() => call)));

        var again = await Task.WhenAll(Enumerable.Range(1, count).Select(number => SendAsync(_client, number)));

        Assert.Equal(count, again.Length);
        await AssertMadeOnceAsync(count);
    }

    private Task<JsonElement> SendAsync(HubClient client, int number) => client.SendEventAsync(_session, "step", number, "writer", number);

    private async Task AssertMadeOnceAsync(int count)
    {
        var next = await SendAsync(_client, count + 1);
        Assert.False(next.TryGetProperty("duplicate", out var duplicate) && duplicate.GetBoolean());
        var log = await _client.ListEventsAsync(_session);
        Assert.Equal(Range(1, log.Count), log.Select(Callbacks.Sequence));
        Assert.Equal(
            Enumerable.Range(1, count + 1),
            log.Where(e => e.TryGetProperty("name", out var name) && name.GetString() == "step").Select(e => e.GetProperty("data").GetInt32()));
        _one.AssertNoErrors();
        _other.AssertNoErrors();
    }

    private T Own<T>(T owned)
        where T : IAsyncDisposable
    {
        _owned.Add(owned);
        return owned;
    }
}
