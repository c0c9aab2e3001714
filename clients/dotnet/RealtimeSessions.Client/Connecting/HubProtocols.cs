using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;
using RealtimeSessions.MessagePack;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Client.Connecting;

/// <summary>The hub protocols as the client speaks them.</summary>
internal static class HubProtocols
{
    private static readonly JsonSerializerOptions Json = new(ProtocolJsonContext.Default.Options)
    {
        TypeInfoResolver = JsonTypeInfoResolver.Combine(ProtocolJsonContext.Default, RequestJsonContext.Default, new ToldResolver()),
    };

    /// <summary>The one that was asked for.</summary>
    public static IHubProtocol Of(RealtimeProtocol protocol) => protocol == RealtimeProtocol.Json
        ? new JsonHubProtocol(Options.Create(new JsonHubProtocolOptions { PayloadSerializerOptions = Json }))
        : new MessagePackHubProtocol(Json);
}
