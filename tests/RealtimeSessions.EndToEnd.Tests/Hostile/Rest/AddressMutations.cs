using RealtimeSessions.EndToEnd.Tests.Hostile.Generation;

namespace RealtimeSessions.EndToEnd.Tests.Hostile.Rest;

/// <summary>Makes method, path and query wrong.</summary>
internal static class AddressMutations
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "PROPFIND", "get", "X"];

    /// <summary>Ids that are safe to send in a path.</summary>
    private static readonly string[] Ids =
    [
        ".", "..", "...", "..%2F", "%2F", "%2e%2e", "%2E%2E%2F%2E%2E", "..%5c", "%5C", "%20", "%0a", "%0D%0AX:y", "%25", "%252F",
        "%7B%7D", "*", "{sessionId}", "~", ";a=b", "a;b", ":", "@", "$",
        "__proto__", "constructor", "null", "undefined", "0", "-1", "user", "group", "robot", "Made", "Administrator", "%C3%A9",
        "%F0%9F%98%80", "%E2%80%AE", "%C3%28", "%ff", "%ED%A0%80",
        "board", "closing", "none", "a,b", "'", "(", "%22", "%3Cscript%3E", "%u0041", "%zz", "%", "%1", "+", "a+b",
    ];

    private static readonly string[] NotHttp = ["%00", "a%00b", " ", "a b", "\t", "\0", "\u007f", "\u00e9", "\\", "\"", "<", "#", "[", "|", "^"];

    private static readonly string[] Queries =
    [
        "", "=", "=x", "&", "a", "a=1", "limit", "limit=", "limit=0", "limit=-1", "limit=1.5", "limit=99999999999999999999",
        "limit=1&limit=2", "limit[]=1", "limit[a]=1", "Limit=1",
        "status=", "status=Open", "status=closed&status=open", "properties", "properties=x", "properties[]=x", "properties[a]",
        "properties[a=x", "properties[[a]]=x", "properties[a]=1&properties[a]=2",
        "properties[__proto__]=1", "cursor=", "cursor=%00", "cursor=x", "cursor=AAAA", "cursor=1-a", "after=9223372036854775808",
        "after=-1", "atSequence=0", "atSequence=9007199254740993", "names=", "names", "ifSequence=x",
        "ifSequence=0", "%C3%28=1", "a%00=1", "limit=%31", "limit=+1", "limit=%201", "limit=%D9%A1", "applicationId=demo2",
        "sessionId=x", "writerId=w", "access_token=x", "%ff=%ff", "a=%zz", "?", "a=b=c",
        "per_page=0", "per_page=1", "per_page=100", "per_page=101", "per_page=x", "page=0", "page=2", "page=9223372036854775807", "page=2147483647&per_page=100",
        "page=1&after=1-1", "after=-", "after=1-", "after=-1-1", "after=1-1", "after=99999999999999999999-1", "after=1-%00", "after=9223372036854775807-9",
        "order_by=", "order_by=name", "order_by=0", "order_by=updated_at", "order_by=UpdatedAt", "space_id=", "space_id=0", "space_id=-1", "space_id=1",
        "space_id=9223372036854775807", "space_id=x", "include=", "include=participants", "include=x", "include=0", "like=", "like=%25", "like=%00", "like=%F0%9F%98%80",
        "external_object_id=", "external_object_id=%00", "external_object_id=session:demo/x", "resource_type=", "resource_type=task", "resource_id=0", "resource_id=1",
    ];

    public static void Mutate(Random random, RestRequest request)
    {
        switch (random.Next(12))
        {
            case 0:
                request.Method = random.Pick(Methods);
                break;
            case 1:
                request.Segments.Insert(random.Next(request.Segments.Count + 1), random.Pick(Ids));
                break;
            case 2:
                request.Segments.RemoveAt(random.Next(request.Segments.Count));
                break;
            case 3:
                var at = random.Next(request.Segments.Count);
                request.Segments[at] = random.Next(2) == 0 ? request.Segments[at].ToUpperInvariant() : request.Segments[at] + random.Pick(Ids);
                break;
            case 4:
                Break(random, request);
                break;
            case 5 or 6 or 7:
                request.Query.Insert(random.Next(request.Query.Count + 1), random.Next(4) == 0 ? Long(random) : random.Pick(Queries));
                break;
            default:
                var from = request.Segments.Count / 2;
                request.Segments[random.Next(from, request.Segments.Count)] = random.Next(5) == 0 ? LongId(random) : random.Pick(Ids);
                break;
        }
    }

    private static string LongId(Random random) =>
        random.Next(3) == 0 ? string.Concat(Enumerable.Repeat("%C3%A9", 300)) : new string('x', random.Pick([64, 65, 200, 201, 5_000]));

    private static string Long(Random random) => random.Next(3) switch
    {
        0 => $"properties[{new string('x', random.Pick([100, 1_000, 1_100]))}]=1",
        1 => string.Join('&', Enumerable.Range(0, random.Pick([63, 64, 65, 200])).Select(i => $"properties[{i}]={i}")),
        _ => string.Join('&', Enumerable.Repeat("names=x", random.Pick([100, 101, 500]))),
    };

    /// <summary>What the web server need not take for a request.</summary>
    private static void Break(Random random, RestRequest request)
    {
        request.IsHttp = false;
        switch (random.Next(6))
        {
            case 0:
                request.Segments[^1] = new string('x', 10_240);
                break;
            case 1:
                request.Method = random.Pick(["", "G ET", "GET\t", "\0", "PRI", "CONNECT", new string('X', 1_000), RawText.Byte(0xFF)]);
                break;
            case 2:
                request.Version = random.Pick(["HTTP/1.0", "HTTP/2.0", "HTTP/9.9", "HTTP", "", "http/1.1", "HTTP/1.1 x"]);
                break;
            case 3:
                request.Origin = random.Pick(["http://elsewhere", "https://user@x:99999", "*", "//x", "ftp://x", "http://[::1"]);
                break;
            default:
                request.Segments[random.Next(request.Segments.Count)] = random.Next(4) == 0 ? Scraps.InvalidUtf8(random) : random.Pick(NotHttp);
                break;
        }
    }
}
