using System.Text;
using RealtimeSessions.EndToEnd.Tests.Hostile.Generation;

namespace RealtimeSessions.EndToEnd.Tests.Hostile.Rest;

/// <summary>A request as it is put on the wire, every part of which can be made wrong.</summary>
internal sealed class RestRequest(string method, string path, string? body = null)
{
    private const int ChunkSize = 16 * 1024;

    public const string Json = "application/json";

    public string Method { get; set; } = method;

    /// <summary>The path below <c>/api/v1</c>, between slashes.</summary>
    public List<string> Segments { get; } = ["api", "v1", .. path.Split('?')[0].Split('/', StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>The query, between ampersands.</summary>
    public List<string> Query { get; } = path.Split('?') is [_, var query] ? [.. query.Split('&')] : [];

    public List<(string Name, string Value)> Headers { get; } = [];

    public string? Body { get; set; } = body;

    public string? ContentType { get; set; } = Json;

    /// <summary>What stands before the path: nothing, or scheme and host.</summary>
    public string Origin { get; set; } = "";

    public string Version { get; set; } = "HTTP/1.1";

    /// <summary>Bytes that are said to follow beyond those that do; fewer if negative.</summary>
    public int MissingBytes { get; set; }

    public bool IsChunked { get; set; }

    /// <summary>How the chunks end.</summary>
    public string LastChunk { get; set; } = "0\r\n\r\n";

    /// <summary>Whether it is HTTP at all: if not, the web server itself may refuse it, or end the connection.</summary>
    public bool IsHttp { get; set; } = true;

    /// <summary>Sets a header.</summary>
    public RestRequest With(string name, string value)
    {
        Headers.Add((name, value));
        return this;
    }

    /// <summary>Says what the body is.</summary>
    public RestRequest As(string contentType)
    {
        ContentType = contentType;
        return this;
    }

    public byte[] ToBytes(string host, string? authorization)
    {
        var body = RawText.Encode(Body ?? "");
        var head = new StringBuilder($"{Method} {Origin}/{string.Join('/', Segments)}{(Query.Count > 0 ? "?" : "")}{string.Join('&', Query)} {Version}\r\n");
        if (!Headers.Exists(header => header.Name == "Host"))
        {
            head.Append($"Host: {host}\r\n");
        }

        if (authorization is not null && !Headers.Exists(header => header.Name == "Authorization"))
        {
            head.Append($"Authorization: {authorization}\r\n");
        }

        if (Body is not null)
        {
            _ = ContentType is null ? head : head.Append($"Content-Type: {ContentType}\r\n");
            head.Append(IsChunked ? "Transfer-Encoding: chunked\r\n" : $"Content-Length: {body.Length + MissingBytes}\r\n");
        }

        foreach (var (name, value) in Headers)
        {
            head.Append($"{name}: {value}\r\n");
        }

        return [.. RawText.Encode(head.Append("\r\n").ToString()), .. IsChunked && Body is not null ? Chunks(body) : body];
    }

    private byte[] Chunks(byte[] body) =>
    [
        .. body.Chunk(ChunkSize).SelectMany(chunk => (byte[])[.. Encoding.ASCII.GetBytes($"{chunk.Length:x}\r\n"), .. chunk, .. "\r\n"u8]),
        .. RawText.Encode(LastChunk),
    ];
}
