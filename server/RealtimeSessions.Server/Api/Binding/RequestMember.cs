using System.Text.Json.Serialization.Metadata;

namespace RealtimeSessions.Server.Api.Binding;

/// <summary>Where a member of a request stands in an HTTP request.</summary>
internal enum MemberPlace
{
    /// <summary>In the path.</summary>
    Route,

    /// <summary>In the query.</summary>
    Query,

    /// <summary>In a header.</summary>
    Header,

    /// <summary>In the body.</summary>
    Body,
}

/// <summary>A member of a request, and where it stands.</summary>
/// <param name="Property">The member.</param>
/// <param name="Place">Where it stands.</param>
/// <param name="InPart">Whether it is a member not of the request but of its part; see <see cref="RequestMap"/>.</param>
internal sealed record RequestMember(JsonPropertyInfo Property, MemberPlace Place, bool InPart)
{
    /// <summary>The headers that members stand in, wherever a request has them.</summary>
    private static readonly Dictionary<string, string> Headers = new()
    {
        ["writerId"] = "Writer-Id",
        ["writerSequence"] = "Writer-Sequence",
        ["timestamp"] = "Client-Timestamp",
    };

    public string Name => Property.Name;

    /// <summary>The name it has there.</summary>
    public string PlaceName => Place == MemberPlace.Header ? Headers[Name] : Name;

    public bool IsRequired => Property.IsRequired || Property.AssociatedParameter is { HasDefaultValue: false, IsMemberInitializer: false };

    public bool IsNumber => Underlying == typeof(int) || Underlying == typeof(long);

    /// <summary>Whether it is a list of texts.</summary>
    public bool IsList => Property.PropertyType == typeof(IReadOnlyList<string>);

    /// <summary>Whether it is an object of texts, in a query <c>name[key]=value</c>.</summary>
    public bool IsMap => Property.PropertyType == typeof(IReadOnlyDictionary<string, string>);

    public static bool IsHeader(string name) => Headers.ContainsKey(name);

    private Type Underlying => Nullable.GetUnderlyingType(Property.PropertyType) ?? Property.PropertyType;
}
