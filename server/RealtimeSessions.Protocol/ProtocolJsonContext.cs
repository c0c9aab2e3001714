using System.Text.Json.Serialization;
using RealtimeSessions.Protocol.Conversations;
using RealtimeSessions.Protocol.Requests;

namespace RealtimeSessions.Protocol;

/// <summary>What servers and clients write and read of each other; members they do not know are passed over.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(Application))]
[JsonSerializable(typeof(Role))]
[JsonSerializable(typeof(Session))]
[JsonSerializable(typeof(SessionEvent))]
[JsonSerializable(typeof(Ack))]
[JsonSerializable(typeof(CreatedSession))]
[JsonSerializable(typeof(SessionPage))]
[JsonSerializable(typeof(SessionData))]
[JsonSerializable(typeof(SessionEventPage))]
[JsonSerializable(typeof(JoinedSession))]
[JsonSerializable(typeof(SessionReset))]
[JsonSerializable(typeof(SessionLeft))]
[JsonSerializable(typeof(SessionPresence))]
[JsonSerializable(typeof(SessionPresenceUpdated))]
[JsonSerializable(typeof(SessionSignal))]
[JsonSerializable(typeof(ApplicationList))]
[JsonSerializable(typeof(RoleList))]
[JsonSerializable(typeof(WatchedApplication))]
[JsonSerializable(typeof(FeedReset))]
[JsonSerializable(typeof(FeedPosition))]
[JsonSerializable(typeof(FeedLeft))]
[JsonSerializable(typeof(Empty))]
[JsonSerializable(typeof(ServerInfo))]
[JsonSerializable(typeof(ServerReport))]
[JsonSerializable(typeof(ConversationEvent))]
[JsonSerializable(typeof(JoinedConversation))]
[JsonSerializable(typeof(ConversationReset))]
[JsonSerializable(typeof(ConversationLeft))]
[JsonSerializable(typeof(CommentAck))]
[JsonSerializable(typeof(CommentPage))]
[JsonSerializable(typeof(WatchedSpace))]
[JsonSerializable(typeof(SpaceFeedReset))]
[JsonSerializable(typeof(SpaceFeedPosition))]
[JsonSerializable(typeof(SpaceFeedLeft))]
public sealed partial class ProtocolJsonContext : JsonSerializerContext;

/// <summary>What a server reads of requests: a member it does not know is refused, so that a misspelt condition is never lost.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(Empty))]
[JsonSerializable(typeof(ApplicationRequest))]
[JsonSerializable(typeof(ListApplicationsRequest))]
[JsonSerializable(typeof(CreateApplicationRequest))]
[JsonSerializable(typeof(PatchApplicationRequest))]
[JsonSerializable(typeof(RoleRequest))]
[JsonSerializable(typeof(CreateRoleRequest))]
[JsonSerializable(typeof(PatchRoleRequest))]
[JsonSerializable(typeof(RoleParticipantRequest))]
[JsonSerializable(typeof(WatchApplicationRequest))]
[JsonSerializable(typeof(SessionRequest))]
[JsonSerializable(typeof(ChangeSessionRequest))]
[JsonSerializable(typeof(CreateSessionRequest))]
[JsonSerializable(typeof(ListSessionsRequest))]
[JsonSerializable(typeof(PatchSessionRequest))]
[JsonSerializable(typeof(UpdateSessionNameRequest))]
[JsonSerializable(typeof(UpdateSessionDescriptionRequest))]
[JsonSerializable(typeof(UpdateSessionPropertiesRequest))]
[JsonSerializable(typeof(SessionParticipantRequest))]
[JsonSerializable(typeof(GetSessionDataRequest))]
[JsonSerializable(typeof(PatchSessionDataRequest))]
[JsonSerializable(typeof(CreateSessionEventRequest))]
[JsonSerializable(typeof(ListSessionEventsRequest))]
[JsonSerializable(typeof(JoinSessionRequest))]
[JsonSerializable(typeof(UpdatePresenceRequest))]
[JsonSerializable(typeof(SendSignalRequest))]
[JsonSerializable(typeof(ServerReportRequest))]
[JsonSerializable(typeof(ConversationRequest))]
[JsonSerializable(typeof(JoinConversationRequest))]
[JsonSerializable(typeof(CreateCommentRequest))]
[JsonSerializable(typeof(ListCommentsRequest))]
[JsonSerializable(typeof(SpaceRequest))]
[JsonSerializable(typeof(WatchSpaceRequest))]
public sealed partial class RequestJsonContext : JsonSerializerContext;
