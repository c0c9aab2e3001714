using RealtimeSessions.EndToEnd.Tests.Hostile.Generation;

namespace RealtimeSessions.EndToEnd.Tests.Hostile.Rest;

/// <summary>Makes headers wrong, or adds hostile ones.</summary>
internal static class HeaderMutations
{
    private static readonly (string Name, string[] Values)[] Hostile =
    [
        ("Writer-Id", ["", "w", "not an id", "../..", "w,w", "%00", new('x', 64), new('x', 65), new('x', 10_000), "__proto__"]),
        ("Writer-Sequence", ["", "0", "1", "-1", "1.5", "1e3", "01", "9007199254740993", "9223372036854775808", "99999999999999999999",
            "x", "0x1", " 1 ", "1,1", "\"1\"", "null"]),
        ("Client-Timestamp", ["", "now", "0", "2026-11-21", "2026-02-30T00:00:00Z", "0001-01-01T00:00:00+14:00",
            "9999-12-31T23:59:59.9999999-14:00", "\"2026-11-21T12:00:00Z\"", "null", "2026-11-21T12:00:00.123456789012345Z"]),
        ("If-Match", ["", "*", "x", "\"", "\"\"", "\"x\"", "W/\"x-1\"", "\"e-1\"", "\"e-99999999999999999999\"", "*, \"x\"",
            "\"a\" \"b\"", "\"-\"", "\"--1\"", "\"e--1\"", new('"', 500)]),
        ("If-None-Match", ["", "*", "x", "\"", "\"\"", "W/\"\"", "*, *", "\"a\",\"b\",,\"c\"", "\"e-1\"", new('x', 5_000)]),
        ("Authorization", ["", "Bearer", "Bearer ", "Bearer x", "Bearer a.b.c", "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbGljZSJ9.",
            "Basic YWxpY2U6eA==", "bearer " + new string('x', 8_000), "Bearer \u0001", "null", "Bearer a, Bearer b"]),
        ("Content-Type", ["", "x", "/", "application/json; charset", "application/json;;", "application/json; charset=\"",
            "multipart/form-data; boundary=", "application/json, application/json"]),
        ("Accept", ["", "x", "text/html", "application/xml", "*/*;q=5", "application/json;q=0", new('a', 5_000)]),
        ("Accept-Encoding", ["gzip, br", "x", "identity;q=0", "*;q=0"]),
        ("Accept-Charset", ["utf-16", "x"]),
        ("X-Forwarded-For", ["1.2.3.4", "x", "::1, unknown", "127.0.0.1:99999", new('1', 5_000)]),
        ("X-Forwarded-Host", ["elsewhere", "a\"b", "", "x:99999", "[::1"]),
        ("X-Forwarded-Proto", ["https", "x", "javascript", ""]),
        ("X-Forwarded-Prefix", ["/x", "//x", "..", ""]),
        ("Forwarded", ["for=1.2.3.4;host=x;proto=https", "=", ";;"]),
        ("X-HTTP-Method-Override", ["DELETE", "PUT", "x", ""]),
        ("X-Original-URL", ["/api/v1/applications/x", "//"]),
        ("Range", ["bytes=0-0", "bytes=-1", "bytes=9-1", "x"]),
        ("If-Modified-Since", ["x", "Sat, 21 Nov 2026 12:00:00 GMT"]),
        ("Cookie", ["a=b", "=", new('x', 4_000)]),
        ("Origin", ["null", "http://localhost:1", "http://evil", "x", "file://"]),
        ("Access-Control-Request-Method", ["DELETE", "x"]),
        ("Expect", ["100-continue", "x"]),
        ("Upgrade", ["websocket", "h2c", "x"]),
        ("Connection", ["Upgrade", "close", "x"]),
        ("Content-Encoding", ["gzip", "br", "identity", "x", ""]),
        ("Prefer", ["return=minimal"]),
        ("traceparent", ["00-x", "00-00000000000000000000000000000000-0000000000000000-00", new('0', 1_000)]),
        ("baggage", ["a=b,,=", new('x', 4_000)]),
        ("Content-Length", ["x"]),
    ];

    private static readonly string[] BadNames = ["", " ", "a b", "a:b", "\0", "\u00e9", "a\r", "(", "Writer-Id "];

    public static void Mutate(Random random, RestRequest request)
    {
        if (random.Next(10) == 0)
        {
            Break(random, request);
            return;
        }

        var (name, values) = random.Pick(Hostile);
        if (name == "Content-Type")
        {
            request.ContentType = random.Pick(values);
            return;
        }

        if (random.Next(8) > 0)
        {
            request.Headers.RemoveAll(header => header.Name == name);
        }

        request.IsHttp &= name is not ("Content-Length" or "Upgrade");
        request.Headers.Add((name, random.Pick(values)));
    }

    /// <summary>What the web server need not take for headers.</summary>
    private static void Break(Random random, RestRequest request)
    {
        request.IsHttp = false;
        switch (random.Next(7))
        {
            case 0:
                request.Headers.Add((random.Pick(BadNames), "x"));
                break;
            case 1:
                request.Headers.Add(("Writer-Id", random.Pick(["\0", "a\rb", "a\nb", "\u00e9", Scraps.InvalidUtf8(random), "\u001b[31m", "\r\n folded"])));
                break;
            case 2:
                request.Headers.Add(("X-Large", new string('x', 40_000)));
                break;
            case 3:
                request.Headers.AddRange(Enumerable.Range(0, 150).Select(i => ($"X-{i}", "x")));
                break;
            case 4:
                request.Headers.Add(("Host", random.Pick(["", "a b", "x:99999", "[::1", "\u00e9", "a,b", "../x", "x@y", "elsewhere"])));
                break;
            case 5:
                request.Headers.Add(("Transfer-Encoding", random.Pick(["gzip", "chunked, gzip", "x", "", "chunked"])));
                break;
            default:
                request.MissingBytes = random.Pick([1, 1_000, -1, -5, 2_000_000_000]);
                request.Body ??= "{}";
                break;
        }
    }
}
