using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Api.Problems;

/// <summary>Writes an error as a problem document (RFC 9457): what it is, its code, and what goes with the code.</summary>
internal static class ProblemWriter
{
    public const string MediaType = "application/problem+json";

    /// <summary>What a problem's type begins with; the code follows.</summary>
    public const string TypePrefix = "urn:realtime-sessions:error:";

    private const string RetryAfter = "retryAfter";
    private const int UnavailableSeconds = 1;

    /// <summary>Nothing here is read as HTML, so texts stay readable.</summary>
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Task WriteAsync(HttpContext context, Error error)
    {
        context.Response.StatusCode = error.Code.HttpStatus;
        context.Response.ContentType = MediaType;
        var seconds = error.Details?[RetryAfter]?.GetValue<int>() ?? (error.Code == ErrorCode.Unavailable ? UnavailableSeconds : null as int?);
        context.Response.Headers.RetryAfter = seconds?.ToString(CultureInfo.InvariantCulture);
        var body = Write(error);
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body, 0, body.Length);
    }

    /// <summary>The document.</summary>
    public static byte[] Write(Error error)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteString("type", TypePrefix + error.Code.Name);
            writer.WriteString("title", Title(error.Code));
            writer.WriteNumber("status", error.Code.HttpStatus);
            writer.WriteString("detail", error.Text);
            writer.WriteString("code", error.Code.Name);
            writer.WriteNumber("number", error.Code.Number);
            writer.WriteBoolean("retryable", error.Code.IsRetryable);
            foreach (var (name, value) in error.Details ?? [])
            {
                writer.WritePropertyName(name);
                value!.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <summary>The code in words: <c>session_not_found</c> is "Session not found".</summary>
    public static string Title(ErrorCode code) => char.ToUpperInvariant(code.Name[0]) + code.Name[1..].Replace('_', ' ');
}
