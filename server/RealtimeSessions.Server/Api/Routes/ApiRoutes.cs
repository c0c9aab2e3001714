using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Api.Routes;

/// <summary>The operations of one kind of resource.</summary>
/// <param name="name">What they are about, in the plural.</param>
internal abstract class ApiRoutes(string name)
{
    protected const string Applications = "/applications";
    protected const string OneApplication = Applications + "/{applicationId}";
    protected const string Roles = OneApplication + "/roles";
    protected const string OneRole = Roles + "/{name}";
    protected const string Sessions = OneApplication + "/sessions";
    protected const string OneSession = Sessions + "/{sessionId}";

    protected static readonly RequestJsonContext Requests = RequestJsonContext.Default;
    protected static readonly ProtocolJsonContext Answers = ProtocolJsonContext.Default;

    public string Name => name;

    public abstract IReadOnlyList<ApiOperation> Operations { get; }
}
