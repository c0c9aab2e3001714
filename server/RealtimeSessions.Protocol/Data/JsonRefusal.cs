using System.Text;
using System.Text.Json;

namespace RealtimeSessions.Protocol.Data;

/// <summary>
/// Makes the exceptions of a refused JSON text. The path is found by reading the text once more up to the token at fault, so that
/// texts that are accepted pay nothing for it.
/// </summary>
internal static class JsonRefusal
{
    public const string NotUnicode = "The text is not Unicode: invalid UTF-8 or a lone surrogate.";

    /// <summary>Longer names are cut in the path, so that an error is never as large as what it refuses.</summary>
    private const int LongestName = 64;

    /// <summary>The refusal of an object that was read to its end.</summary>
    public static JsonException Duplicate(string name) => new DuplicateMemberException(name);

    /// <summary>The refusal with its path.</summary>
    /// <param name="refusal">What was thrown.</param>
    /// <param name="start">The reader as it was before the value.</param>
    /// <param name="tokenStart">Where the token at fault starts.</param>
    public static JsonException Located(JsonException refusal, Utf8JsonReader start, long tokenStart)
    {
        var path = PathOf(start, tokenStart);
        if (refusal is DuplicateMemberException duplicate)
        {
            path += Step(duplicate.Name);
        }

        return At(path, refusal);
    }

    /// <summary>The refusal with its path.</summary>
    public static JsonException At(string path, JsonException refusal) =>
        new JsonTreeException(refusal.Message, path, refusal);

    /// <summary>The path of a token.</summary>
    /// <param name="reader">The reader as it was before the value.</param>
    /// <param name="tokenStart">Where the token starts.</param>
    public static string PathOf(Utf8JsonReader reader, long tokenStart)
    {
        var containers = new Stack<Container>();
        try
        {
            if (reader.TokenType != JsonTokenType.None)
            {
                Follow(ref reader, containers);
            }

            while (reader.TokenStartIndex < tokenStart && reader.Read())
            {
                Follow(ref reader, containers);
            }
        }
        catch (JsonException)
        {
            // The token at fault is one the reader itself refuses.
        }

        return "$" + string.Concat(containers.Reverse().Select(container => container.Step));
    }

    private static void Follow(ref Utf8JsonReader reader, Stack<Container> containers)
    {
        if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
        {
            containers.Pop();
        }
        else if (reader.TokenType == JsonTokenType.PropertyName)
        {
            containers.Peek().Step = Step(Name(ref reader));
        }
        else
        {
            if (containers.TryPeek(out var array))
            {
                array.CountItem();
            }

            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                containers.Push(new Container(reader.TokenType == JsonTokenType.StartArray));
            }
        }
    }

    /// <summary>The name, readable even where it is not Unicode.</summary>
    private static string Name(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(reader.ValueSpan);
        }
    }

    private static string Step(string name)
    {
        if (name.Length > LongestName)
        {
            name = name[..(char.IsHighSurrogate(name[LongestName - 1]) ? LongestName - 1 : LongestName)] + "…";
        }

        return name.Length > 0 && name.All(character => char.IsLetterOrDigit(character) || character is '_' or '$' or '-')
            ? "." + name
            : $"['{name}']";
    }

    private sealed class Container(bool isArray)
    {
        private int _items;

        public string Step { get; set; } = string.Empty;

        public void CountItem() => Step = isArray ? $"[{_items++}]" : Step;
    }

    private sealed class DuplicateMemberException(string name) : JsonException("A member appears twice in one object.")
    {
        public string Name { get; } = name;
    }
}
