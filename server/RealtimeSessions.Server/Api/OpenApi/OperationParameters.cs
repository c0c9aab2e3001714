using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using RealtimeSessions.Server.Api.Binding;

namespace RealtimeSessions.Server.Api.OpenApi;

/// <summary>What stands in the path, the query and the headers of an operation.</summary>
internal static class OperationParameters
{
    private static readonly Dictionary<string, string> Descriptions = new()
    {
        ["name"] = "The role's name.",
        ["type"] = "Whether a user or a group.",
        ["properties"] = "All of these must match: properties[room]=blue.",
        ["order_by"] = "The newest come first. Default created_at.",
        ["include"] = "With the members of the spaces.",
        ["ifSequence"] = "The change is made only if nothing that it concerns has changed after this sequence.",
        ["writerId"] = "Makes a retry safe, together with Writer-Sequence: 1 to 64 of the characters A-Z a-z 0-9 _ and -.",
        ["writerSequence"] = "The writer's number for this change, consecutive from 1 per session.",
        ["timestamp"] = "The client's clock, ISO 8601; goes into the event.",
    };

    public static IEnumerable<IOpenApiParameter> Of(ApiOperation operation, IReadOnlyDictionary<string, IOpenApiSchema> members)
    {
        foreach (var member in operation.Map.Members.Where(member => member.Place != MemberPlace.Body).OrderBy(member => member.Place))
        {
            yield return new OpenApiParameter
            {
                Name = member.PlaceName,
                In = member.Place switch
                {
                    MemberPlace.Route => ParameterLocation.Path,
                    MemberPlace.Query => ParameterLocation.Query,
                    _ => ParameterLocation.Header,
                },
                Required = member.Place == MemberPlace.Route,
                Description = Descriptions.GetValueOrDefault(member.Name) ?? members[member.Name].Description,
                Schema = members[member.Name],
                Style = member.IsMap ? ParameterStyle.DeepObject : null,
                Explode = member.IsMap || member.IsList,
            };
        }

        if (operation.HasTag)
        {
            var isRead = HttpMethods.IsGet(operation.Method);
            yield return new OpenApiParameter
            {
                Name = isRead ? HeaderNames.IfNoneMatch : HeaderNames.IfMatch,
                In = ParameterLocation.Header,
                Description = isRead
                    ? "Entity tags that the client has, or *; where one is the present one, the answer is 304."
                    : "Entity tags, or *; the change is made only where one of them is the present one.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            };
        }
    }
}
