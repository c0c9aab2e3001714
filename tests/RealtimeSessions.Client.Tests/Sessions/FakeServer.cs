using System.Collections.Immutable;
using RealtimeSessions.Client.Connecting;
using RealtimeSessions.Testing;

namespace RealtimeSessions.Client.Tests.Sessions;

/// <summary>A server in memory: calls are answered at once unless they are held for the test, and connections end when it wants.</summary>
internal abstract class FakeServer
{
    /// <summary>The methods whose calls wait for the test.</summary>
    public HashSet<string> Held { get; init; } = [];

    public ImmutableList<FakeLink> Links { get; private set; } = [];

    public FakeLink Link => Links[^1];

    public VirtualTime Time { get; } = new();

    public RecordedLogs Logs { get; } = new();

    /// <summary>Whom it calls.</summary>
    protected IHubListener Listener { get; private set; } = null!;

    public RealtimeClient Client(Action<RealtimeClientOptions>? configure = null)
    {
        var options = new RealtimeClientOptions { Url = new("http://localhost"), AccessToken = _ => Task.FromResult("token") };
        configure?.Invoke(options);
        return new(options, Open, Logs, Time);
    }

    /// <summary>The calls of a method, once there are as many.</summary>
    /// <param name="method">The method.</param>
    /// <param name="count">How many.</param>
    /// <param name="timeGoesOn">Whether what waits for the clock goes on meanwhile, as a connection that is made anew.</param>
    public async Task<FakeCall[]> CallsAsync(string method, int count = 1, bool timeGoesOn = false)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            patience.Token.ThrowIfCancellationRequested();
            FakeCall[] calls = [.. Links.SelectMany(link => link.Calls).Where(call => call.Method == method)];
            if (calls.Length >= count)
            {
                return calls;
            }

            Time.Advance(timeGoesOn ? TimeSpan.FromMilliseconds(50) : TimeSpan.Zero);
            await Task.Yield();
        }
    }

    /// <summary>Answers a call that is not held; null: it waits, or has failed.</summary>
    protected abstract object? Take(FakeCall call);

    private Task<IHubLink> Open(IHubListener listener, CancellationToken cancellationToken)
    {
        Listener = listener;
        Links = Links.Add(new FakeLink(call => Held.Contains(call.Method) ? null : Take(call)));
        return Task.FromResult<IHubLink>(Link);
    }
}
