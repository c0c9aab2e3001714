using Microsoft.Extensions.Logging;
using RealtimeSessions.Client.Connecting;
using RealtimeSessions.Client.Replicas;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;

namespace RealtimeSessions.Client.Feeds;

/// <summary>
/// A watch of an application, shared by all who want something of it: a connection has one. It is for sessions with the properties that all of them have in common, so each
/// still looks for its own. When one comes who wants less, it begins anew, with a reset for all; when one goes it stays as it is. Thread-safe.
/// </summary>
/// <param name="applicationId">The application.</param>
/// <param name="properties">The properties that sessions are to have.</param>
/// <param name="logger">Where it says what a handler threw.</param>
/// <param name="time">The clock.</param>
internal sealed class ApplicationWatch(string applicationId, IReadOnlyDictionary<string, string> properties, ILogger logger, TimeProvider time)
    : LiveFeed<ApplicationEvent>(logger, time)
{
    private IReadOnlyDictionary<string, string> _properties = properties;
    private LiveListReplica[] _lists = [];

    public string ApplicationId => applicationId;

    /// <summary>Somebody wants sessions with these properties, too.</summary>
    public void Admit(IReadOnlyDictionary<string, string> wanted)
    {
        lock (Lock)
        {
            var common = _properties.Where(property => wanted.TryGetValue(property.Key, out var value) && value == property.Value).ToDictionary();
            if (common.Count < _properties.Count)
            {
                _properties = common;
                Renew();
            }
        }
    }

    /// <summary>A list begins to follow.</summary>
    public void Add(LiveListReplica list)
    {
        lock (Lock)
        {
            var (status, link) = (Read(static replica => replica.Status), Link);
            _lists = [.. _lists, list];
            list.OnStatus(status, link);
            list.OnReset();
        }
    }

    /// <summary>A list follows no longer.</summary>
    public void Remove(LiveListReplica list)
    {
        lock (Lock)
        {
            _lists = [.. _lists.Where(one => one != list)];
        }
    }

    public override Task TellLeftAsync(IHubLink link) =>
        link.InvokeAsync<Empty>("UnwatchApplication", new ApplicationRequest { ApplicationId = applicationId }, CancellationToken.None);

    protected override async Task<(Position Position, bool Recovered)> WatchAsync(IHubLink link, ResumePosition? since)
    {
        var request = new WatchApplicationRequest { ApplicationId = applicationId, Since = since, Properties = _properties };
        var (position, recovered) = await link.InvokeAsync<WatchedApplication>("WatchApplication", request, CancellationToken.None);
        return (position, recovered);
    }

    protected override void Tell(ReplicaOutput output)
    {
        base.Tell(output);
        foreach (var list in _lists)
        {
            switch (output)
            {
                case ReplicaOutput.Applied<ApplicationEvent> applied: list.OnEvent(applied.Event); break;
                case ReplicaOutput.WasReset: list.OnReset(); break;
                case ReplicaOutput.Left left: list.OnLeft(left); break;
            }
        }
    }

    protected override void TellState(SyncStatus status)
    {
        base.TellState(status);
        foreach (var list in _lists)
        {
            list.OnStatus(status, Link);
        }
    }
}
