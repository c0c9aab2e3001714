using System.Buffers;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.Server.Api.Binding;

/// <summary>Reads bodies, up to a limit.</summary>
internal static class RequestBody
{
    public const string Json = "application/json";
    public const string MergePatch = "application/merge-patch+json";

    /// <summary>Reads the body to its end.</summary>
    /// <param name="context">The request.</param>
    /// <param name="mediaType">What it must be.</param>
    /// <param name="limit">What it may weigh, in bytes.</param>
    /// <returns>The bytes; none if there is no body.</returns>
    public static async Task<Result<ReadOnlyMemory<byte>>> ReadAsync(HttpContext context, string mediaType, int limit)
    {
        if (!IsThere(context))
        {
            return ReadOnlyMemory<byte>.Empty;
        }

        if (!Is(context.Request, mediaType))
        {
            return new Error(ErrorCode.UnsupportedMediaType, $"The body must be {mediaType}, in UTF-8 and not compressed.");
        }

        // Here and not in the server's own options: those are made before a wrong limit could be reported.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = limit;
        }

        try
        {
            while (true)
            {
                var read = await context.Request.BodyReader.ReadAsync(context.RequestAborted);
                if (read.IsCompleted)
                {
                    var body = read.Buffer.ToArray();
                    context.Request.BodyReader.AdvanceTo(read.Buffer.End);
                    return new ReadOnlyMemory<byte>(body);
                }

                context.Request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return new Error(ErrorCode.PayloadTooLarge, $"The body must be at most {limit} bytes.") { Details = new JsonObject { ["limit"] = limit } };
        }
    }

    /// <summary>Whether the request has a body, an empty one with a length of 0 aside.</summary>
    public static bool IsThere(HttpContext context) => context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true;

    private static bool Is(HttpRequest request, string mediaType) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        && request.Headers.ContentEncoding.Count == 0;
}
