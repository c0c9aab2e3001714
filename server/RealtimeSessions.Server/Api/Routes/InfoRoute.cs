using Microsoft.Extensions.Options;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Requests;

namespace RealtimeSessions.Server.Api.Routes;

/// <summary>What the server is, for anybody.</summary>
internal sealed class InfoRoute(IOptions<LimitsOptions> options) : ApiRoutes("Info")
{
    private const int ProtocolVersion = 1;

    public override IReadOnlyList<ApiOperation> Operations =>
    [
        new ApiOperation<Empty, ServerInfo>("GET", "/info", "GetInfo")
        {
            Summary = "What the server is",
            Description = "Its version, the version of the protocol it speaks, and its limits. Needs no token.",
            IsAnonymous = true,
            Request = Requests.Empty,
            Answer = Answers.ServerInfo,
            Handle = (_, _) => Task.FromResult<Result<ServerInfo>>(new ServerInfo(ServerVersion.Text, ProtocolVersion, Limits(options.Value))),
        },
    ];

    private static ServerLimits Limits(LimitsOptions limits) => new()
    {
        MessageBytes = limits.MaximumMessageBytes,
        BodyBytes = limits.MaximumBodyBytes,
        DataBytes = limits.MaximumDataBytes,
        Depth = limits.MaximumDepth,
        Properties = limits.MaximumProperties,
        PropertyBytes = limits.MaximumPropertyBytes,
        NameLength = limits.MaximumNameLength,
        DescriptionLength = limits.MaximumDescriptionLength,
        CommentLength = limits.MaximumCommentLength,
        Participants = limits.MaximumParticipants,
        Roles = limits.MaximumRoles,
        JoinedSessions = limits.MaximumJoinedSessions,
        WatchedApplications = limits.MaximumWatchedApplications,
        JoinedConversations = limits.MaximumJoinedConversations,
        WatchedSpaces = limits.MaximumWatchedSpaces,
        CallsPerSecond = limits.CallsPerSecond,
        CallBurst = limits.CallBurst,
        PresenceBytes = limits.MaximumPresenceBytes,
        SignalBytes = limits.MaximumSignalBytes,
        SignalsPerSecond = limits.SignalsPerSecond,
        SignalBurst = limits.SignalBurst,
    };
}
