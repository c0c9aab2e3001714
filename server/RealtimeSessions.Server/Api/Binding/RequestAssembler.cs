using System.Buffers;
using System.Text.Json;
using System.Text.RegularExpressions;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Api.Binding;

/// <summary>
/// Puts an HTTP request together into the one JSON object that a hub call would have as its argument, so that shapes, rules and errors
/// are the same. Nothing is judged here but what stands where it must not.
/// </summary>
internal static partial class RequestAssembler
{
    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = 128 };

    public static Result<ReadOnlyMemory<byte>> Assemble(RequestMap map, HttpRequest request, ReadOnlyMemory<byte> body)
    {
        if (!QueryValues.Read(map, request.QueryString).TryGet(out var query, out var error)
            || !ReadBody(map, body).TryGet(out var members, out error))
        {
            return error;
        }

        if (map.In(MemberPlace.Header).FirstOrDefault(member => request.Headers[member.PlaceName].Count > 1) is { } repeated)
        {
            return Error.InvalidArgument($"$.{repeated.Name}", $"the header {repeated.PlaceName} is given twice.");
        }

        var buffer = new ArrayBufferWriter<byte>(body.Length + 256);
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true });
        writer.WriteStartObject();
        WriteTexts(writer, map, request, inPart: false);
        query.ForEach(values => Write(writer, values));
        WriteMembers(writer, members, inPart: false);
        if (map.Part is { } part)
        {
            writer.WritePropertyName(part);
            WritePart(writer, map, request, members, body);
        }

        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    private static void WritePart(
        Utf8JsonWriter writer, RequestMap map, HttpRequest request, List<(RequestMember Member, ReadOnlyMemory<byte> Value)> members, ReadOnlyMemory<byte> body)
    {
        if (map.Form == BodyForm.Part)
        {
            writer.WriteRawValue(body.Span, skipInputValidation: true);
            return;
        }

        writer.WriteStartObject();
        WriteTexts(writer, map, request, inPart: true);
        WriteMembers(writer, members, inPart: true);
        writer.WriteEndObject();
    }

    /// <summary>Writes what stands in the path and in headers.</summary>
    private static void WriteTexts(Utf8JsonWriter writer, RequestMap map, HttpRequest request, bool inPart)
    {
        foreach (var member in map.Members.Where(member => member.InPart == inPart))
        {
            var text = member.Place switch
            {
                MemberPlace.Route => PathText.Of(request, member.Name),
                MemberPlace.Header => (string?)request.Headers[member.PlaceName],
                _ => null,
            };
            if (text is not null)
            {
                writer.WritePropertyName(member.Name);
                WriteText(writer, member, text);
            }
        }
    }

    private static void Write(Utf8JsonWriter writer, QueryValues query)
    {
        writer.WritePropertyName(query.Member.Name);
        if (query.Member.IsMap)
        {
            writer.WriteStartObject();
            query.Values.ForEach(value => writer.WriteString(value.Key, value.Value));
            writer.WriteEndObject();
        }
        else if (query.Member.IsList)
        {
            writer.WriteStartArray();
            query.Values.ForEach(value => writer.WriteStringValue(value.Value));
            writer.WriteEndArray();
        }
        else
        {
            WriteText(writer, query.Member, query.Values[0].Value);
        }
    }

    /// <summary>A number is written as one if it looks like one; if not, it is refused as what it is.</summary>
    private static void WriteText(Utf8JsonWriter writer, RequestMember member, string text)
    {
        if (member.IsNumber && WholeNumber().IsMatch(text))
        {
            writer.WriteRawValue(text, skipInputValidation: true);
        }
        else
        {
            writer.WriteStringValue(text);
        }
    }

    private static void WriteMembers(Utf8JsonWriter writer, List<(RequestMember Member, ReadOnlyMemory<byte> Value)> members, bool inPart)
    {
        foreach (var (member, value) in members.Where(pair => pair.Member.InPart == inPart))
        {
            writer.WritePropertyName(member.Name);
            writer.WriteRawValue(value.Span, skipInputValidation: true);
        }
    }

    /// <summary>Checks that the body is JSON, and finds its members where it is an object of members.</summary>
    private static Result<List<(RequestMember Member, ReadOnlyMemory<byte> Value)>> ReadBody(RequestMap map, ReadOnlyMemory<byte> body)
    {
        var members = new List<(RequestMember, ReadOnlyMemory<byte>)>();
        if (body.IsEmpty)
        {
            return map.NeedsBody ? Error.InvalidArgument("$", "the body is missing.") : members;
        }

        try
        {
            var reader = new Utf8JsonReader(body.Span, ReaderOptions);
            reader.Read();
            if (map.Form == BodyForm.Part)
            {
                reader.Skip();
            }
            else if (reader.TokenType != JsonTokenType.StartObject)
            {
                return Error.InvalidArgument("$", "the body must be an object.");
            }
            else if (ReadMembers(ref reader, map, body, members) is { } error)
            {
                return error;
            }

            reader.Read(); // Refuses what follows the value.
            return members;
        }
        catch (JsonException)
        {
            return Error.InvalidArgument("$", "the body is not JSON, or nests too deep.");
        }
        catch (InvalidOperationException)
        {
            return Error.InvalidArgument("$", "holds text that is not Unicode.");
        }
    }

    private static Error? ReadMembers(
        ref Utf8JsonReader reader, RequestMap map, ReadOnlyMemory<byte> body, List<(RequestMember, ReadOnlyMemory<byte>)> members)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!map.Find(reader.GetString()!, MemberPlace.Body).TryGet(out var member, out var error))
            {
                return error;
            }

            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            members.Add((member, body[start..(int)reader.BytesConsumed]));
        }

        return map.In(MemberPlace.Body).FirstOrDefault(needed => needed.IsRequired && !members.Exists(member => member.Item1 == needed)) is { } missing
            ? Error.InvalidArgument($"$.{missing.Name}", "is missing.")
            : null;
    }

    [GeneratedRegex(@"\A-?(0|[1-9][0-9]{0,18})\z")]
    private static partial Regex WholeNumber();
}
