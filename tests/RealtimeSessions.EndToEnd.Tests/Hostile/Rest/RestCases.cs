using RealtimeSessions.EndToEnd.Tests.Hostile.Generation;
using RealtimeSessions.EndToEnd.Tests.Hostile.Run;

namespace RealtimeSessions.EndToEnd.Tests.Hostile.Rest;

/// <summary>Makes hostile requests of the API, and of the hub's address, from valid ones.</summary>
internal static class RestCases
{
    private const string UpgradeKey = "dGhlIHNhbXBsZSBub25jZQ==";

    private static readonly string[] Paths =
        ["hub", "hub/negotiate", "hub/..", "hub2", "openapi/v1.json", "openapi/v2.json", "dev/sign-in", "dev/api", "", "api"];

    private static readonly string[] Queries =
        ["", "id=x", "id=" + new string('x', 1_000), "negotiateVersion=1", "negotiateVersion=99", "access_token=x"];

    private static readonly string[] Extensions =
        ["permessage-deflate", "permessage-deflate; client_max_window_bits=99", "x", ";;", "permessage-deflate; x=1"];

    public static RestRequest Make(Random random, Stage stage)
    {
        if (random.Next(40) == 0)
        {
            return Elsewhere(random);
        }

        var request = random.Pick(RestExamples.Of(stage));
        for (var changes = random.Next(20) == 0 ? 0 : random.Next(3) == 0 ? 2 : 1; changes > 0; changes--)
        {
            switch (random.Next(10))
            {
                case 0 or 1 or 2:
                    AddressMutations.Mutate(random, request);
                    break;
                case 3 or 4:
                    HeaderMutations.Mutate(random, request);
                    break;
                default:
                    BodyMutations.Mutate(random, request);
                    break;
            }
        }

        return request;
    }

    /// <summary>Addresses that are not the API's. Whoever answers there need not use the API's words.</summary>
    private static RestRequest Elsewhere(Random random)
    {
        var request = new RestRequest(random.Pick(["GET", "POST", "PUT", "DELETE", "OPTIONS"]), "") { IsHttp = false };
        request.Segments.Clear();
        request.Segments.Add(random.Pick(Paths));
        request.Query.Add(random.Pick(Queries));
        if (random.Next(2) == 0)
        {
            request.With("Connection", "Upgrade").With("Upgrade", random.Pick(["websocket", "WebSocket", "x"]))
                .With("Sec-WebSocket-Version", random.Pick(["13", "12", "x", ""]))
                .With("Sec-WebSocket-Key", random.Pick([UpgradeKey, "", "x", UpgradeKey + UpgradeKey]))
                .With("Sec-WebSocket-Extensions", random.Pick(Extensions))
                .With("Sec-WebSocket-Protocol", random.Pick(["json", "x, y", "", "\"", new string('x', 2_000)]));
        }
        else
        {
            request.Body = Scraps.Json(random);
        }

        return request;
    }
}
