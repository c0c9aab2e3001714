using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using RealtimeSessions.Server.Delivery;
using RealtimeSessions.Server.Identity;
using RealtimeSessions.Server.Requests;

namespace RealtimeSessions.Server.Hubs;

/// <summary>Where the framework hands out its connections: each gets its <see cref="ClientConnection"/> before its first call, and its
/// <see cref="CallPacer"/> if calls are limited.</summary>
internal sealed class ConnectionLifetimeManager(
    IOptions<IdentityOptions> identity, IOptions<LimitsOptions> limits, TimeProvider time, ILogger<DefaultHubLifetimeManager<SessionHub>> logger)
    : DefaultHubLifetimeManager<SessionHub>(logger)
{
    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        connection.Features.Set(new ClientConnection(connection, Caller.From(connection.User, identity.Value.GroupsClaim)));
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

        return base.OnConnectedAsync(connection);
    }

    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        connection.Features.Get<ClientConnection>()?.LeaveAll();
        return base.OnDisconnectedAsync(connection);
    }
}
