using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using RealtimeSessions.EndToEnd.Tests.Hostile.Run;

namespace RealtimeSessions.EndToEnd.Tests.Hostile.Rest;

/// <summary>An answer over HTTP.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Headers">Its head, in lower case.</param>
/// <param name="Body">Its body as text.</param>
internal sealed record HttpAnswer(int Status, string Headers, string Body)
{
    /// <summary>A header's value; empty if it is not there.</summary>
    public string Header(string name) =>
        Headers.Split("\r\n").FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.Ordinal))?[(name.Length + 1)..].Trim() ?? "";
}

/// <summary>Reads HTTP answers as they come, without mending anything.</summary>
internal sealed class HttpReader(Stream stream)
{
    private readonly List<byte> _unread = [];
    private readonly byte[] _buffer = new byte[16 * 1024];

    /// <summary>Reads the next answer.</summary>
    /// <returns>The answer; null if the connection ended without one.</returns>
    public async Task<HttpAnswer?> ReadAsync(bool isHead, CancellationToken cancellation)
    {
        while (true)
        {
            var end = await FindAsync("\r\n\r\n"u8.ToArray(), cancellation);
            if (end < 0)
            {
                return _unread.Count == 0 ? null : throw new HostileException($"The answer is no HTTP: {Encoding.Latin1.GetString([.. _unread])}");
            }

            var head = new HttpAnswer(0, Encoding.Latin1.GetString(Take(end)).ToLowerInvariant(), "");
            Take(4);
            var status = int.Parse(head.Headers.Split(' ')[1], CultureInfo.InvariantCulture);
            if (status >= 200 || status == 101)
            {
                var body = isHead || status is 101 or 204 or 304 ? [] : await BodyAsync(head, cancellation);
                return head with { Status = status, Body = Encoding.UTF8.GetString(body) };
            }
        }
    }

    private async Task<byte[]> BodyAsync(HttpAnswer head, CancellationToken cancellation)
    {
        if (head.Header("transfer-encoding") != "chunked" && head.Header("content-length") is "")
        {
            // Up to the end of the connection.
            while (await MoreAsync(cancellation))
            {
            }

            return Take(_unread.Count);
        }

        if (head.Header("transfer-encoding") != "chunked")
        {
            return await ReadAsync(int.Parse(head.Header("content-length"), CultureInfo.InvariantCulture), cancellation);
        }

        var body = new List<byte>();
        while (true)
        {
            var line = Encoding.Latin1.GetString(Take(await FindAsync("\r\n"u8.ToArray(), cancellation)));
            var size = int.Parse(line, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            Take(2);
            body.AddRange(await ReadAsync(size, cancellation));
            await ReadAsync(2, cancellation);
            if (size == 0)
            {
                return [.. body];
            }
        }
    }

    private async Task<byte[]> ReadAsync(int count, CancellationToken cancellation)
    {
        while (_unread.Count < count)
        {
            if (!await MoreAsync(cancellation))
            {
                throw new IOException("The connection ended within an answer.");
            }
        }

        return Take(count);
    }

    private async Task<int> FindAsync(byte[] end, CancellationToken cancellation)
    {
        while (true)
        {
            var at = CollectionsMarshal.AsSpan(_unread).IndexOf(end);
            if (at >= 0 || !await MoreAsync(cancellation))
            {
                return at;
            }
        }
    }

    private async Task<bool> MoreAsync(CancellationToken cancellation)
    {
        var read = await stream.ReadAsync(_buffer, cancellation);
        _unread.AddRange(_buffer.AsSpan(0, read));
        return read > 0;
    }

    private byte[] Take(int count)
    {
        var taken = _unread.GetRange(0, count).ToArray();
        _unread.RemoveRange(0, count);
        return taken;
    }
}
