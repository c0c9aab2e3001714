using Microsoft.AspNetCore.WebUtilities;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Api.Binding;

/// <summary>What one member has in a query: one text, several of a list, or the texts of an object with their names.</summary>
internal sealed record QueryValues(RequestMember Member)
{
    public List<(string Key, string Value)> Values { get; } = [];

    /// <summary>Reads a query: every name in it must be one of the request's.</summary>
    public static Result<List<QueryValues>> Read(RequestMap map, QueryString query)
    {
        var found = new List<QueryValues>();
        foreach (var pair in new QueryStringEnumerable(query.Value))
        {
            var (name, key) = Split(pair.DecodeName().ToString());
            if (!map.Find(name, MemberPlace.Query).TryGet(out var member, out var error))
            {
                return error;
            }

            if (member.IsMap != key is not null)
            {
                return Error.InvalidArgument($"$.{name}", member.IsMap ? $"is written as {name}[key]=value." : "is no object.");
            }

            var values = found.Find(other => other.Member == member);
            if (values is null)
            {
                found.Add(values = new QueryValues(member));
            }
            else if (!member.IsList && values.Values.Exists(other => other.Key == (key ?? "")))
            {
                return Error.InvalidArgument($"$.{name}", "is given twice.");
            }

            values.Values.Add((key ?? "", pair.DecodeValue().ToString()));
        }

        return found;
    }

    /// <summary>Takes <c>properties[room]</c> apart.</summary>
    private static (string Name, string? Key) Split(string text)
    {
        var bracket = text.IndexOf('[', StringComparison.Ordinal);
        return bracket > 0 && text[^1] == ']' ? (text[..bracket], text[(bracket + 1)..^1]) : (text, null);
    }
}
