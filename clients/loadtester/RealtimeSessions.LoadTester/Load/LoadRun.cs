using RealtimeSessions.Client;
using RealtimeSessions.LoadTester.Checks;
using RealtimeSessions.LoadTester.Connections;
using RealtimeSessions.LoadTester.Connections.Lean;
using RealtimeSessions.LoadTester.Connections.Library;
using RealtimeSessions.LoadTester.Measure;
using RealtimeSessions.LoadTester.Traces;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.LoadTester.Load;

/// <summary>What every run is made of: sessions, connections, checks, measures; and its end, when everything that was sent has to have arrived.</summary>
internal sealed class LoadRun : IAsyncDisposable
{
    private const int ParallelAttempts = 128;
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan RemovePatience = TimeSpan.FromSeconds(30);

    private readonly LoadTarget _target;
    private readonly TimeProvider _time;
    private readonly LeanServices? _lean;
    private readonly List<LoadSession> _sessions = [];
    private int _connections;

    private LoadRun(LoadTarget target, HubEndpoint endpoint, TimeProvider time)
    {
        (_target, _time) = (target, time);
        Control = new ControlClient(target);
        Sampler = new LoadSampler(Meter, () => Findings.Total, time);
        _lean = target.Client == ClientKind.Library
            ? null
            : new LeanServices(endpoint, HubCodec.Of(target.Protocol), target.Tokens, new KeepAlive(time), Meter, time, Id);
    }

    /// <summary>What the ids of this run's sessions and writers begin with.</summary>
    public string Id { get; } = $"load-{Guid.NewGuid():N}"[..13];

    /// <summary>What it has done.</summary>
    public LoadMeter Meter { get; } = new();

    /// <summary>What was found wrong.</summary>
    public Findings Findings { get; } = new();

    /// <summary>How it went over time.</summary>
    public LoadSampler Sampler { get; }

    /// <summary>Makes, reads and deletes the sessions.</summary>
    public ControlClient Control { get; }

    /// <summary>Its sessions.</summary>
    public IReadOnlyList<LoadSession> Sessions => _sessions;

    /// <summary>What it does now, for whoever watches.</summary>
    public string Stage { get; private set; } = "Connecting";

    /// <summary>When the last thing was heard, counted from the run's beginning; known once the run has ended.</summary>
    public TimeSpan HeardAt { get; private set; }

    /// <summary>Why the server could not be asked in the end what it holds; null: it could.</summary>
    public string? Unanswered { get; private set; }

    /// <summary>Begins a run.</summary>
    /// <exception cref="LoadException">There is no such server.</exception>
    public static async Task<LoadRun> BeginAsync(LoadTarget target, TimeProvider time, CancellationToken cancellationToken)
    {
        var run = new LoadRun(target, await HubEndpoint.FindAsync(target.Url, cancellationToken), time);
        try
        {
            await run.Control.ConnectAsync(cancellationToken);
            return run;
        }
        catch
        {
            await run.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes a session, with connections that are not connected yet.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="name">Its name.</param>
    /// <param name="start">What it begins with; null: with nothing.</param>
    /// <param name="connections">How many connections it has.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoadException">It cannot be made.</exception>
    public async Task<LoadSession> AddSessionAsync(string id, string name, TraceStart? start, int connections, CancellationToken cancellationToken)
    {
        await Control.CreateAsync(id, name, start, cancellationToken);
        var session = new LoadSession(id, new SessionLedger(id, Findings, Meter, _time));
        _sessions.Add(session);
        for (var i = 0; i < connections; i++)
        {
            session.Clients.Add(NewClient(session));
        }

        return session;
    }

    /// <summary>Connects all, in an order that goes round the sessions.</summary>
    /// <param name="perSecond">How many begin in a second.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="LoadException">One cannot connect.</exception>
    public async Task ConnectAsync(double perSecond, CancellationToken cancellationToken)
    {
        Stage = "Connecting";
        var most = _sessions.Max(session => session.Clients.Count);
        var clients = Enumerable.Range(0, most).SelectMany(i => _sessions.Where(session => i < session.Clients.Count).Select(session => session.Clients[i]));
        var (start, begun) = (_time.GetTimestamp(), 0);
        await Parallel.ForEachAsync(
            clients,
            new ParallelOptions { MaxDegreeOfParallelism = ParallelAttempts, CancellationToken = cancellationToken },
            async (client, cancellation) =>
            {
                var due = TimeSpan.FromSeconds((Interlocked.Increment(ref begun) - 1) / perSecond) - _time.GetElapsedTime(start);
                await Task.Delay(due > TimeSpan.Zero ? due : TimeSpan.Zero, _time, cancellation);
                await client.ConnectAsync(cancellation);
            });
    }

    /// <summary>The load begins.</summary>
    /// <param name="stage">What is done, in a word or two.</param>
    public void Begin(string stage) => Stage = stage;

    /// <summary>
    /// Waits until everything has arrived that is on its way, compares what all hold with the server, and judges. Whatever has not come when nothing was heard for the time given is lost.
    /// </summary>
    /// <param name="patience">How long to wait after the last thing heard.</param>
    public async Task EndAsync(TimeSpan patience)
    {
        Stage = "Waiting for what is on its way";
        await WaitAsync(() => Meter.InFlight == 0, patience);
        var held = new Dictionary<LoadSession, SessionData>();
        try
        {
            foreach (var session in _sessions)
            {
                held[session] = await Control.GetDataAsync(session.Id, CancellationToken.None).WaitAsync(patience, _time);
                session.Head = held[session].Position.Sequence;
            }
        }
        catch (Exception exception) when (exception is RealtimeException or TimeoutException)
        {
            Unanswered = exception.Message;
            return;
        }

        await WaitAsync(() => _sessions.TrueForAll(session => session.IsComplete), patience);
        foreach (var (session, server) in held)
        {
            session.Ledger.End(session.Clients.Select(client => client.Check), server.Position.Sequence, server.Data);
            foreach (var client in session.Clients.Where(client => client.Replica is not null))
            {
                session.Ledger.CompareReplica(client.Check, client.Replica!);
            }
        }
    }

    /// <summary>Leaves, and deletes the sessions.</summary>
    /// <returns>What could not be deleted.</returns>
    public async Task<IReadOnlyList<string>> RemoveAsync(bool keepSessions)
    {
        Stage = "Leaving";
        await LeaveAsync();
        var left = new List<string>();
        using var patience = new CancellationTokenSource(RemovePatience, _time);
        foreach (var session in keepSessions ? [] : _sessions)
        {
            if (await Control.RemoveAsync(session.Id, patience.Token) is { } stays)
            {
                left.Add(stays);
            }
        }

        return left;
    }

    public async ValueTask DisposeAsync()
    {
        await LeaveAsync();
        await Control.DisposeAsync();
        if (_lean is not null)
        {
            await _lean.KeepAlive.DisposeAsync();
        }
    }

    private async Task LeaveAsync()
    {
        await Parallel.ForEachAsync(_sessions.SelectMany(session => session.Clients), async (client, _) => await client.DisposeAsync());
        _sessions.ForEach(session => session.Clients.Clear());
    }

    private async Task WaitAsync(Func<bool> isDone, TimeSpan patience)
    {
        var (heard, since) = (Meter.Deliveries + Meter.Answered + Meter.Connects, _time.GetTimestamp());
        while (!isDone() && _time.GetElapsedTime(since) < patience)
        {
            await Task.Delay(LookAgain, _time);
            if (Meter.Deliveries + Meter.Answered + Meter.Connects is var now && now != heard)
            {
                (heard, since) = (now, _time.GetTimestamp());
            }
        }

        HeardAt = Sampler.Elapsed - (isDone() ? TimeSpan.Zero : _time.GetElapsedTime(since));
    }

    private IVirtualClient NewClient(LoadSession session)
    {
        var seat = new Seat(_target.Application, session.Id, _target.Users[_connections % _target.Users.Count], _connections++);
        var check = new ReaderCheck(seat.ToString(), Findings);
        return _lean is null
            ? new LibraryClient(seat, _target.OptionsOf(seat.User), session.Ledger, check, Meter, _time)
            : new LeanClient(seat, _lean, session.Ledger, check);
    }
}
