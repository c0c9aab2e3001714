using System.Diagnostics.Metrics;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Metrics;

/// <summary>
/// What the server counts and measures, under the meter <see cref="MeterName"/>. What stands at a number is read when somebody asks; the rest costs
/// nothing while nobody listens. Tags are few and bounded: never a user, a session or an address. Thread-safe.
/// </summary>
internal sealed class ServerMetrics : IDisposable
{
    public const string MeterName = "RealtimeSessions.Server";

    /// <summary>The tags.</summary>
    public const string Kind = "kind", Transport = "transport", Operation = "operation", Code = "code", Status = "status";

    /// <summary>The ways to call.</summary>
    public const string Hub = "hub", Rest = "rest";

    private const string Seconds = "s";

    private static readonly InstrumentAdvice<double> Durations = new()
    {
        HistogramBucketBoundaries = [0.0001, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    private readonly Meter _meter;
    private readonly MemberCount[] _members = [.. Enum.GetValues<MemberKind>().Select(_ => new MemberCount())];
    private readonly Counter<long> _calls;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _events;
    private readonly Counter<long> _deliveries;
    private readonly Histogram<double> _deliveryLag;
    private readonly Histogram<double> _appendDuration;
    private readonly Histogram<double> _engineLatency;
    private long _connections;
    private int _engineStatus = (int)EngineStatus.Healthy;

    public ServerMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _meter.CreateObservableUpDownCounter(
            Names.Connections, () => Volatile.Read(ref _connections), "{connection}", "Connections to the hub that are open.");
        _meter.CreateObservableUpDownCounter(
            Names.Members, () => Of(count => count.Members, MemberKind.Session, MemberKind.Conversation), "{member}",
            "Connections in sessions and conversations, once for each that they have joined.");
        _meter.CreateObservableUpDownCounter(
            Names.Watchers, () => Of(count => count.Members, MemberKind.Application, MemberKind.Space), "{watcher}",
            "Connections that watch applications and spaces, once for each.");
        _meter.CreateObservableUpDownCounter(
            Names.Logs, () => Of(count => count.Logs, Enum.GetValues<MemberKind>()), "{log}",
            "Sessions, conversations, applications and spaces that some connection of this server is told of.");
        _meter.CreateObservableUpDownCounter(
            Names.Lagging, () => Of(count => count.Lagging, Enum.GetValues<MemberKind>()), "{member}",
            "Members and watchers that are behind: they have just come, or do not read as fast as they are written to.");
        _meter.CreateObservableUpDownCounter(
            Names.EngineStatus, ReadEngineStatus, "{status}", "How the storage does: 1 for the status that it has, 0 for the others.");
        _calls = _meter.CreateCounter<long>(Names.Calls, "{call}", "Calls of the hub and of the API.");
        _refusals = _meter.CreateCounter<long>(Names.Refusals, "{refusal}", "Calls that were answered with an error, by its code.");
        _events = _meter.CreateCounter<long>(Names.Events, "{event}", "Events that this server has appended to logs.");
        _deliveries = _meter.CreateCounter<long>(Names.Deliveries, "{event}", "Events written to connections, once for each connection.");
        _deliveryLag = _meter.CreateHistogram(
            Names.DeliveryLag, Seconds, "From when an event is made until it is written to the members that are not behind: the oldest of each pass.", tags: null, Durations);
        _appendDuration = _meter.CreateHistogram(Names.AppendDuration, Seconds, "How long the storage takes to append what goes in together.", tags: null, Durations);
        _engineLatency = _meter.CreateHistogram(Names.EngineLatency, Seconds, "How long the storage takes for a small read.", tags: null, Durations);
    }

    /// <summary>Whether an instrument is one of these. (Other servers of the process have theirs.)</summary>
    public bool Owns(Instrument instrument) => ReferenceEquals(instrument.Meter, _meter);

    public void ConnectionOpened() => Interlocked.Increment(ref _connections);

    public void ConnectionClosed() => Interlocked.Decrement(ref _connections);

    /// <summary>Who is told of logs of a kind.</summary>
    public MemberCount Of(MemberKind kind) => _members[(int)kind];

    /// <param name="transport"><see cref="Hub"/> or <see cref="Rest"/>.</param>
    /// <param name="operation">The method or the operation, by its name.</param>
    public void Called(string transport, string operation) => _calls.Add(1, new(Transport, transport), new(Operation, operation));

    public void Refused(string transport, ErrorCode code) => _refusals.Add(1, new(Transport, transport), new(Code, code.Name));

    /// <summary>Events were written to members in one pass.</summary>
    /// <param name="events">How many, over all members.</param>
    /// <param name="lag">How old the oldest is.</param>
    public void Passed(int events, TimeSpan lag)
    {
        _deliveries.Add(events);

        // Of another server's clock, it may come before it was made.
        _deliveryLag.Record(Math.Max(lag.TotalSeconds, 0));
    }

    /// <summary>Events were written to a member that is behind.</summary>
    public void Pumped(int events) => _deliveries.Add(events);

    /// <summary>The storage has answered to what was to be appended together.</summary>
    /// <param name="events">How many events it has appended.</param>
    /// <param name="duration">How long it took.</param>
    public void Appended(int events, TimeSpan duration)
    {
        _events.Add(events);
        _appendDuration.Record(duration.TotalSeconds);
    }

    /// <summary>The storage has answered to a small read.</summary>
    public void EngineAnswered(TimeSpan latency) => _engineLatency.Record(latency.TotalSeconds);

    public void EngineIs(EngineStatus status) => Volatile.Write(ref _engineStatus, (int)status);

    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<long>> Of(Func<MemberCount, long> count, params MemberKind[] kinds) =>
        kinds.Select(kind => new Measurement<long>(count(Of(kind)), new KeyValuePair<string, object?>(Kind, NameOf(kind))));

    private IEnumerable<Measurement<long>> ReadEngineStatus() =>
        Enum.GetValues<EngineStatus>().Select(status => new Measurement<long>(
            (int)status == Volatile.Read(ref _engineStatus) ? 1 : 0, new KeyValuePair<string, object?>(Status, status.ToString().ToLowerInvariant())));

    /// <summary>The name of a kind, as a tag.</summary>
    public static string NameOf(MemberKind kind) => kind switch
    {
        MemberKind.Session => "session",
        MemberKind.Conversation => "conversation",
        MemberKind.Application => "application",
        _ => "space",
    };

    /// <summary>The names of the instruments.</summary>
    public static class Names
    {
        public const string Connections = Prefix + "active_connections";
        public const string Members = Prefix + "active_members";
        public const string Watchers = Prefix + "active_watchers";
        public const string Logs = Prefix + "active_logs";
        public const string Lagging = Prefix + "lagging_members";
        public const string Calls = Prefix + "calls";
        public const string Refusals = Prefix + "refusals";
        public const string Events = Prefix + "appended_events";
        public const string Deliveries = Prefix + "deliveries";
        public const string DeliveryLag = Prefix + "delivery.lag";
        public const string AppendDuration = Prefix + "append.duration";
        public const string EngineLatency = Prefix + "engine.latency";
        public const string EngineStatus = Prefix + "engine.status";

        private const string Prefix = "realtime_sessions.";
    }
}
