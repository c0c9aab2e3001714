using System.Text.Json;

namespace RealtimeSessions.Protocol.Data;

/// <summary>
/// The one name that no member may have, <c>__proto__</c>: in JavaScript, assigning to it sets an object's prototype, and the official decoder of
/// MessagePack refuses it, and with it the message and the connection.
/// </summary>
public static class ReservedName
{
    /// <summary>The name.</summary>
    public const string Text = "__proto__";

    /// <summary>What the lightest value that holds such a member weighs: <c>{"__proto__":0}</c>.</summary>
    private const int LeastWeight = 15;

    private static ReadOnlySpan<byte> Member => "\"__proto__\":"u8;

    /// <summary>Finds a member of that name, at any depth, in arrays too. Where there is none, it costs at most a walk over the value.</summary>
    /// <param name="value">Where to look.</param>
    /// <param name="allowsRemovals">Whether nulls outside arrays are passed over: in a merge patch they remove such a member.</param>
    /// <returns>The path of the first one, from <c>$</c>; null if there is none.</returns>
    public static string? Find(JsonTree value, bool allowsRemovals = false) => IsIn(value, allowsRemovals) ? PathIn(value, allowsRemovals) : null;

    /// <summary>Leaves out of a merge patch the removals of such members where there is none, so that nobody is sent the name for nothing.</summary>
    /// <param name="patch">The patch.</param>
    /// <param name="target">What it is for.</param>
    /// <returns>A patch that gives the same; the patch itself if there is nothing to leave out.</returns>
    public static JsonTree WithoutVainRemovals(JsonTree patch, JsonTree target) =>
        IsIn(patch, allowsRemovals: false) ? LeaveOutVainRemovals(patch, target) : patch;

    private static JsonTree LeaveOutVainRemovals(JsonTree patch, JsonTree? target)
    {
        var result = patch;
        foreach (var (name, change) in patch.Members)
        {
            JsonTree? old = null;
            target?.TryGetMember(name, out old);
            if (name == Text && change.IsNull)
            {
                result = old is null ? result.Without(name) : result;
            }
            else
            {
                var inner = LeaveOutVainRemovals(change, old);
                result = ReferenceEquals(inner, change) ? result : result.With(name, inner);
            }
        }

        return result;
    }

    private static bool IsIn(JsonTree value, bool allowsRemovals)
    {
        if (value.Weight < LeastWeight)
        {
            return false;
        }

        if (value is LeafTree leaf)
        {
            return IsInText(leaf.Utf8);
        }

        foreach (var (name, inner) in value.Members)
        {
            if ((name == Text && !(allowsRemovals && inner.IsNull)) || IsIn(inner, allowsRemovals))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Looks into the canonical text of an array. There the quotes of a name stand after a brace or a comma, and one within a text after a backslash.</summary>
    private static bool IsInText(ReadOnlySpan<byte> text)
    {
        if (text[0] != (byte)'[')
        {
            return false;
        }

        for (var at = text.IndexOf(Member); at >= 0; at = text.IndexOf(Member))
        {
            if (text[at - 1] is (byte)'{' or (byte)',')
            {
                return true;
            }

            text = text[(at + 1)..];
        }

        return false;
    }

    /// <summary>Finds it by reading the text, which takes longer and tells where it is.</summary>
    private static string? PathIn(JsonTree value, bool allowsRemovals)
    {
        var start = new Utf8JsonReader(value.ToUtf8Bytes(), new JsonReaderOptions { MaxDepth = JsonTreeParser.DeepestMaximum });
        var reader = start;
        var (name, arrays) = (-1L, 0);
        while (reader.Read())
        {
            if (name >= 0 && !(allowsRemovals && arrays == 0 && reader.TokenType == JsonTokenType.Null))
            {
                return JsonRefusal.PathOf(start, name);
            }

            name = reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals(Text) ? reader.TokenStartIndex : -1;
            arrays += reader.TokenType switch { JsonTokenType.StartArray => 1, JsonTokenType.EndArray => -1, _ => 0 };
        }

        return null;
    }
}
