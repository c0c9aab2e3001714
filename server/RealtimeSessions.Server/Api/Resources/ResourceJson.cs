using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace RealtimeSessions.Server.Api.Resources;

/// <summary>What is read of requests about conversations: a member that is not known is refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(ResourceRequest))]
[JsonSerializable(typeof(ConversationListRequest))]
[JsonSerializable(typeof(NewConversationsRequest))]
[JsonSerializable(typeof(ConversationChangeRequest))]
[JsonSerializable(typeof(CommentListRequest))]
[JsonSerializable(typeof(NewCommentsRequest))]
[JsonSerializable(typeof(SpaceListRequest))]
[JsonSerializable(typeof(OneSpaceRequest))]
[JsonSerializable(typeof(NewSpacesRequest))]
[JsonSerializable(typeof(SpaceChangeRequest))]
[JsonSerializable(typeof(NewSpaceParticipantsRequest))]
[JsonSerializable(typeof(SpaceParticipantRequest))]
[JsonSerializable(typeof(GroupListRequest))]
[JsonSerializable(typeof(NewGroupsRequest))]
[JsonSerializable(typeof(GroupChangeRequest))]
[JsonSerializable(typeof(UserListRequest))]
internal sealed partial class ResourceRequestJson : JsonSerializerContext;

/// <summary>What is answered about conversations.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ConversationList))]
[JsonSerializable(typeof(CommentList))]
[JsonSerializable(typeof(SpaceList))]
[JsonSerializable(typeof(GroupList))]
[JsonSerializable(typeof(UserList))]
internal sealed partial class ResourceAnswerJson : JsonSerializerContext;

/// <summary>The shapes of both for whoever combines them with others: a naming policy is the options' own, and does not come along.</summary>
internal static class ResourceShapes
{
    public static IJsonTypeInfoResolver Resolver { get; } =
        JsonTypeInfoResolver.Combine(ResourceRequestJson.Default, ResourceAnswerJson.Default).WithAddedModifier(Rename);

    private static void Rename(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            property.Name = JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);
        }
    }
}
