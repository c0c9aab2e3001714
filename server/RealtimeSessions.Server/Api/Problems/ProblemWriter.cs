using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Api.Problems;

/// <summary>Writes an error in the form that its address has: what it is, its code, and what goes with the code.</summary>
internal static class ProblemWriter
{
    private const string RetryAfter = "retryAfter";
    private const int UnavailableSeconds = 1;

    /// <summary>Nothing here is read as HTML, so texts stay readable.</summary>
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes an error as the whole answer, and leaves it in the request's features for whoever counts (<see cref="ApiCalls"/>).</summary>
    public static Task WriteAsync(HttpContext context, Error error)
    {
        context.Features.Set(error);
        var form = ProblemForm.At(context.Request.Path);
        context.Response.StatusCode = error.Code.HttpStatus;
        context.Response.ContentType = form.MediaType;
        var seconds = error.Details?[RetryAfter]?.GetValue<int>() ?? (error.Code == ErrorCode.Unavailable ? UnavailableSeconds : null as int?);
        context.Response.Headers.RetryAfter = seconds?.ToString(CultureInfo.InvariantCulture);
        var body = Write(form, error);
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body, 0, body.Length);
    }

    /// <summary>The document.</summary>
    public static byte[] Write(ProblemForm form, Error error)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            writer.WriteStartObject();
            form.WriteMembers(writer, error);
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
