using System.Collections.Frozen;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using RealtimeSessions.EventLog;
using RealtimeSessions.Server.Applications;
using RealtimeSessions.Server.Delivery.Frames;
using RealtimeSessions.Server.Metrics;

namespace RealtimeSessions.Server.Delivery.Channels;

/// <summary>What every channel of this server works with.</summary>
internal sealed class ChannelServices(
    IEventLog eventLog, ApplicationCache applications, MemberPump pump, IEnumerable<FrameEncoder> encoders, ServerMetrics metrics,
    IOptions<DeliveryOptions> options, TimeProvider time)
{
    private readonly FrozenDictionary<string, FrameEncoder> _encoders = encoders.ToFrozenDictionary(encoder => encoder.Protocol);

    public IEventLog EventLog => eventLog;

    public ApplicationCache Applications => applications;

    public MemberPump Pump => pump;

    public ServerMetrics Metrics => metrics;

    public DeliveryOptions Options => options.Value;

    public TimeProvider Time => time;

    /// <summary>The protocol that a connection speaks.</summary>
    public FrameEncoder EncoderOf(HubConnectionContext connection) => _encoders[connection.Protocol.Name];
}
