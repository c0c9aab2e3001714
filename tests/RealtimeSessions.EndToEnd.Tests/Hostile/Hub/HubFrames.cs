using RealtimeSessions.EndToEnd.Tests.Hostile.Generation;

namespace RealtimeSessions.EndToEnd.Tests.Hostile.Hub;

/// <summary>Frames that are wrong whatever their argument is.</summary>
internal static class HubFrames
{
    public const string Handshake = """{"protocol":"json","version":1}""";

    private static readonly string[] Targets =
    [
        "", "nothing", "OnConnectedAsync", "OnDisconnectedAsync", "Dispose", "ToString", "GetHashCode", "get_Context", "set_Clients",
        "Answer", "getsession",
        "SessionReset", "__proto__", "GetSession ", "GetSession\\u0000", "\\uD800",
    ];

    private static readonly string[] Types = ["0", "6", "7", "8", "9", "10", "99", "-1", "2147483648", "1.0", "\"1\"", "null"];
    private static readonly string[] StreamIds = ["[\"s1\"]", "[\"s1\",\"s1\"]", "[1]", "[null]", "{}", "5"];
    private static readonly string[] Headers = ["{}", "{\"a\":\"b\"}", "{\"a\":1}", "[]", "5"];
    private static readonly string[] Ids = ["1", "null", "0", "1e400", "true", "{}", "[]", "\"\"", "\"\\u0000\"", "\"\\uD800\"", "-1", "\"s1\""];

    /// <summary>A frame without its end.</summary>
    public static string Mutate(Random random, string callId, string method, string argument)
    {
        var call = HubCases.Frame(callId, method, argument);
        var id = random.Pick(Ids);
        return random.Next(12) switch
        {
            0 => HubCases.Frame(callId, random.Pick(Targets), argument),
            1 => Arguments(callId, method, string.Join(',', Enumerable.Repeat(argument, random.Pick([0, 2, 3, 100])))),
            2 => Arguments(callId, method, Scraps.Json(random)),
            3 => $$"""{"type":4,"invocationId":{{id}},"target":"{{method}}","arguments":[{{argument}}]}""",
            4 => $$"""{"type":2,"invocationId":{{id}},"item":{{Scraps.Json(random)}}}""",
            5 => $$"""{"type":3,"invocationId":{{id}},"result":{{Scraps.Json(random)}}}""",
            6 => $$"""{"type":5,"invocationId":{{id}}}""",
            7 => $$"""{"type":{{random.Pick(Types)}},"sequenceId":{{Scraps.Json(random)}},"error":{{Scraps.Json(random)}}}""",
            8 => $"{call[..^1]},\"streamIds\":{random.Pick(StreamIds)}}}",
            9 => $"{call[..^1]},\"headers\":{random.Pick(Headers)}}}",
            10 => $$"""{"arguments":[{{argument}}],"target":"{{method}}","invocationId":{{id}},"type":1}""",
            _ => JsonMutations.Mutate(random, call),
        };
    }

    private static string Arguments(string callId, string method, string arguments) =>
        $$"""{"type":1,"invocationId":"{{callId}}","target":"{{method}}","arguments":[{{arguments}}]}""";
}
