using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Routing.Patterns;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Api.Binding;

/// <summary>What the body of a request is.</summary>
internal enum BodyForm
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>An object with the members that stand nowhere else.</summary>
    Members,

    /// <summary>The value of the request's part.</summary>
    Part,
}

/// <summary>
/// Where the members of a request stand in an HTTP request: in the path what is named there, in headers the writer and the clock, the rest in the
/// body, or in the query where there is no body of members. A request may have a part, a member whose own members stand as if they were the
/// request's: the participant of <c>…/participants/{type}/{id}</c>, the patch of a session.
/// </summary>
internal sealed class RequestMap
{
    private readonly Dictionary<string, RequestMember> _members;
    private readonly string _method;
    private readonly IReadOnlyList<string> _inQuery;

    /// <param name="request">The request.</param>
    /// <param name="method">The HTTP method.</param>
    /// <param name="pattern">The path.</param>
    /// <param name="form">What the body is.</param>
    /// <param name="part">The name of the part; null if it has none.</param>
    /// <param name="inQuery">Members that stand in the query although there is a body of members; null: none.</param>
    public RequestMap(JsonTypeInfo request, string method, string pattern, BodyForm form, string? part, IReadOnlyList<string>? inQuery = null)
    {
        (_method, _inQuery, Form, Part) = (method, inQuery ?? [], form, part);
        var route = RoutePatternFactory.Parse(pattern).Parameters.Select(parameter => parameter.Name).ToHashSet();
        _members = request.Properties.Where(property => property.Name != part)
            .Select(property => new RequestMember(property, PlaceOf(property.Name, route), InPart: false))
            .Concat(MembersOfPart(request, route))
            .ToDictionary(member => member.Name);
    }

    public BodyForm Form { get; }

    public string? Part { get; }

    public IReadOnlyCollection<RequestMember> Members => _members.Values;

    /// <summary>Whether a request without a body lacks something: an act may need no more words, a change does.</summary>
    public bool NeedsBody => Form switch
    {
        BodyForm.None => false,
        BodyForm.Members when HttpMethods.IsPost(_method) => In(MemberPlace.Body).Any(member => member.IsRequired),
        _ => true,
    };

    public IEnumerable<RequestMember> In(MemberPlace place) => Members.Where(member => member.Place == place);

    /// <summary>Finds a member where it is expected.</summary>
    public Result<RequestMember> Find(string name, MemberPlace place) => _members.GetValueOrDefault(name) switch
    {
        null => Error.InvalidArgument($"$.{Shorten(name)}", "there is no such member."),
        { Place: MemberPlace.Header } member when place != MemberPlace.Header =>
            Error.InvalidArgument($"$.{name}", $"stands in the header {member.PlaceName}."),
        { Place: MemberPlace.Route } when place != MemberPlace.Route => Error.InvalidArgument($"$.{name}", "stands in the address."),
        var member when member.Place != place => Error.InvalidArgument($"$.{name}", $"stands in the {member.Place.ToString().ToLowerInvariant()}."),
        var member => member,
    };

    /// <summary>An error about the request as an error about what the client has sent, where its part has no name.</summary>
    public Error Translate(Error error)
    {
        var prefix = $"$.{Part}";
        if (Part is null || error.Details?["path"]?.GetValue<string>() is not { } path || !path.StartsWith(prefix, StringComparison.Ordinal))
        {
            return error;
        }

        var details = error.Details.DeepClone().AsObject();
        var sent = "$" + path[prefix.Length..];
        details["path"] = sent;
        return error with { Text = sent + error.Text[path.Length..], Details = details };
    }

    private IEnumerable<RequestMember> MembersOfPart(JsonTypeInfo request, HashSet<string> route)
    {
        if (Part is null || Form == BodyForm.Part)
        {
            return [];
        }

        var part = request.Properties.Single(property => property.Name == Part).PropertyType;
        return from property in request.Options.GetTypeInfo(part).Properties
               let place = route.Contains(property.Name) ? MemberPlace.Route : MemberPlace.Body
               where place == MemberPlace.Route || Form == BodyForm.Members
               select new RequestMember(property, place, InPart: true);
    }

    private MemberPlace PlaceOf(string name, HashSet<string> route) =>
        route.Contains(name) ? MemberPlace.Route
        : RequestMember.IsHeader(name) ? MemberPlace.Header
        : Form == BodyForm.Members && !_inQuery.Contains(name) ? MemberPlace.Body : MemberPlace.Query;

    private static string Shorten(string name) => name.Length <= 40 ? name : name[..40] + "…";
}
