using System.Text;
using System.Text.Json;

namespace RealtimeSessions.EndToEnd.Tests.Hostile.Generation;

/// <summary>JSON that can be changed into what is none: names and scalars are kept as they stand in the text.</summary>
internal sealed class JsonPart
{
    /// <summary>Its name with its quotes; empty if it is no member.</summary>
    public string Name { get; set; } = "";

    /// <summary>The text of a scalar, or of whatever has been put here; null: it has children.</summary>
    public string? Text { get; set; }

    public bool IsObject { get; private init; }

    public List<JsonPart> Children { get; private init; } = [];

    /// <summary>Takes JSON apart; what is none, or no longer, is taken as a whole.</summary>
    public static JsonPart Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 2_000 });
            return From(document.RootElement, "");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return Of(json);
        }
    }

    public static JsonPart Of(string text, string name = "") => new() { Name = name, Text = text };

    /// <summary>Itself and everything in it.</summary>
    public IEnumerable<JsonPart> All() => Text is null ? Children.SelectMany(child => child.All()).Prepend(this) : [this];

    public override string ToString()
    {
        var text = new StringBuilder();
        Write(text);
        return text.ToString();
    }

    private static JsonPart From(JsonElement element, string name) => element.ValueKind switch
    {
        JsonValueKind.Object => new JsonPart
        {
            Name = name,
            IsObject = true,
            Children = [.. element.EnumerateObject().Select(member => From(member.Value, JsonSerializer.Serialize(member.Name)))],
        },
        JsonValueKind.Array => new JsonPart { Name = name, Children = [.. element.EnumerateArray().Select(item => From(item, ""))] },
        _ => Of(element.GetRawText(), name),
    };

    private void Write(StringBuilder text)
    {
        if (Name.Length > 0)
        {
            text.Append(Name).Append(':');
        }

        if (Text is not null)
        {
            text.Append(Text);
            return;
        }

        text.Append(IsObject ? '{' : '[');
        for (var i = 0; i < Children.Count; i++)
        {
            _ = i > 0 ? text.Append(',') : text;
            Children[i].Write(text);
        }

        text.Append(IsObject ? '}' : ']');
    }
}
