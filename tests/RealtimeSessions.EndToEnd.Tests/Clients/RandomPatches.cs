using System.Text.Json.Nodes;

namespace RealtimeSessions.EndToEnd.Tests.Clients;

/// <summary>Patches made by chance over few names, so that they meet: nulls, type changes, arrays, objects in objects.</summary>
internal static class RandomPatches
{
    private const int Names = 4;
    private const int Depth = 3;

    /// <summary>The next patch.</summary>
    public static JsonObject Next(Random random) => Object(random, Depth);

    private static JsonObject Object(Random random, int depth)
    {
        var patch = new JsonObject();
        for (var i = random.Next(1, 3); i > 0; i--)
        {
            patch[$"n{random.Next(Names)}"] = Value(random, depth - 1);
        }

        return patch;
    }

    private static JsonNode? Value(Random random, int depth) => random.Next(depth > 0 ? 8 : 6) switch
    {
        0 or 1 => null,
        2 => random.Next(1_000),
        3 => random.Next(2) == 0,
        4 => $"text {random.Next(100)} \"é😀\n",
        5 => new JsonArray(random.Next(10), null, new JsonObject { ["in"] = null }, random.NextDouble()),
        _ => Object(random, depth),
    };
}
