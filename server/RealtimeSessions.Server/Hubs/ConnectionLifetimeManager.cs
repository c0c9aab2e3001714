using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using RealtimeSessions.Server.Delivery;
using RealtimeSessions.Server.Identity;

namespace RealtimeSessions.Server.Hubs;

/// <summary>Where the framework hands out its connections: each gets its <see cref="ClientConnection"/> before its first call.</summary>
internal sealed class ConnectionLifetimeManager(
    IOptions<IdentityOptions> identity, ILogger<DefaultHubLifetimeManager<SessionHub>> logger)
    : DefaultHubLifetimeManager<SessionHub>(logger)
{
    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        connection.Features.Set(new ClientConnection(connection, Caller.From(connection.User, identity.Value.GroupsClaim)));
        return base.OnConnectedAsync(connection);
    }

    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        connection.Features.Get<ClientConnection>()?.LeaveAll();
        return base.OnDisconnectedAsync(connection);
    }
}
