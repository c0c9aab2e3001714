using System.IO.Compression;
using RealtimeSessions.EndToEnd.Tests.Hostile.Generation;

namespace RealtimeSessions.EndToEnd.Tests.Hostile.Rest;

/// <summary>Makes bodies wrong: what they are, what they say they are, and how they come.</summary>
internal static class BodyMutations
{
    private const int BeyondTheLimit = (4 * 1024 * 1024) + 1;

    private static readonly string[] Types =
    [
        "application/json", "application/merge-patch+json", "text/plain", "text/json", "application/json; charset=utf-8",
        "application/json; charset=utf-16", "application/json;charset=\"UTF-8\"",
        "application/json; charset=x", "APPLICATION/JSON", "application/problem+json", "application/json-patch+json",
        "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
        "application/xml", "application/octet-stream", "*/*", "application/json; q=1", "application/json; charset=utf-8; charset=utf-16",
    ];

    private static readonly string[] LastChunks =
    [
        "", "x\r\n\r\n", "-1\r\n\r\n", "ffffffffff\r\n\r\n", "0\r\n", "0;a=b\r\n\r\n", "0\r\nWriter-Id: x\r\n\r\n", "5\r\nab\r\n0\r\n\r\n",
        "0\r\n\r\nGET / HTTP/1.1\r\n",
    ];

    public static void Mutate(Random random, RestRequest request)
    {
        switch (random.Next(24))
        {
            case 0 or 1 or 2:
                request.ContentType = random.Next(8) == 0 ? null : random.Pick(Types);
                break;
            case 3 or 4 or 5:
                request.Body = TextMutations.Mutate(random, request.Body ?? "{}");
                break;
            case 6:
                request.Body = request.Body is null ? Scraps.Json(random) : null;
                break;
            case 7:
                request.Body = string.Concat(Compress(request.Body ?? "{}").Select(RawText.Byte));
                request.Headers.Add(("Content-Encoding", "gzip"));
                break;
            case 8 or 9:
                (request.IsChunked, request.Body) = (true, request.Body ?? "{}");
                break;
            case 10:
                BreakChunks(random, request);
                break;
            case 11 when random.Next(20) == 0:
                // The answer need not arrive: the connection ends while the rest is being sent.
                (request.IsHttp, request.IsChunked) = (false, random.Next(2) == 0);
                request.Body = $"{{\"name\":\"{new string('x', BeyondTheLimit)}\"}}";
                break;
            default:
                request.Body = request.Body is { } body ? JsonMutations.Mutate(random, body) : Scraps.Json(random);
                break;
        }
    }

    private static void BreakChunks(Random random, RestRequest request)
    {
        (request.IsHttp, request.IsChunked, request.Body) = (false, true, request.Body ?? "{}");
        request.LastChunk = random.Pick(LastChunks);
    }

    private static byte[] Compress(string text)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest))
        {
            gzip.Write(RawText.Encode(text));
        }

        return buffer.ToArray();
    }
}
