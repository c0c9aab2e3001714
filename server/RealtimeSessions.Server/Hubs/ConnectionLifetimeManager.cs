using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using RealtimeSessions.Server.Delivery;
using RealtimeSessions.Server.Directory;
using RealtimeSessions.Server.Identity;
using RealtimeSessions.Server.Metrics;
using RealtimeSessions.Server.Requests;

namespace RealtimeSessions.Server.Hubs;

/// <summary>Where the framework hands out its connections: each gets its <see cref="ClientConnection"/> before its first call, and its
/// <see cref="CallPacer"/> if calls are limited. Nothing that it calls overtakes the finding of its groups.</summary>
internal sealed class ConnectionLifetimeManager(
    Callers callers, ConnectionGroups groups, ServerMetrics metrics, IOptions<LimitsOptions> limits, TimeProvider time,
    ILogger<DefaultHubLifetimeManager<SessionHub>> logger)
    : DefaultHubLifetimeManager<SessionHub>(logger)
{
    public override async Task OnConnectedAsync(HubConnectionContext connection)
    {
        metrics.ConnectionOpened();
        var client = new ClientConnection(connection, callers.Read(connection.User));
        connection.Features.Set(client);
        Caller.Forget(connection.User);
        if (connection.GetHttpContext() is { } context)
        {
            ConnectionEntrance.Release(context);
        }

        if (limits.Value.CallsPerSecond > 0)
        {
            var pacer = new CallPacer(limits.Value, time);
            connection.Features.Set(pacer);
            connection.ConnectionAborted.Register(pacer.End);
        }

        connection.Features.Set(await groups.FollowAsync(client));

        await base.OnConnectedAsync(connection);
    }

    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        metrics.ConnectionClosed();
        connection.Features.Get<ConnectionGroups.Following>()?.Dispose();
        connection.Features.Get<ClientConnection>()?.LeaveAll();
        return base.OnDisconnectedAsync(connection);
    }
}
