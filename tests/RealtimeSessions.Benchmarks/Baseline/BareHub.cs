using System.Text.Json;
using Microsoft.AspNetCore.SignalR;

namespace RealtimeSessions.Benchmarks.Baseline;

/// <summary>What SignalR does by itself: a patch goes to a group. Nothing is stored, ordered or checked.</summary>
internal sealed class BareHub : Hub
{
    public Task Join(string session) => Groups.AddToGroupAsync(Context.ConnectionId, session);

    public Task Patch(string session, JsonElement data) => Clients.Group(session).SendAsync("Patched", data);

    public void Nothing(JsonElement _)
    {
    }
}
