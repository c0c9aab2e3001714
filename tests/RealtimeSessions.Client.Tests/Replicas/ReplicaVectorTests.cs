using System.Text.Json.Nodes;

namespace RealtimeSessions.Client.Tests.Replicas;

/// <summary>The cases that every client's replica runs.</summary>
public sealed class ReplicaVectorTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "vectors", "replica");

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var file in Directory.GetFiles(Folder, "*.json"))
            {
                foreach (var one in Read(Path.GetFileName(file)))
                {
                    cases.Add(Path.GetFileName(file), one!["name"]!.GetValue<string>());
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Replica_EveryCase_DoesAsItSays(string file, string name)
    {
        var one = (JsonObject)Read(file).Single(one => one!["name"]!.GetValue<string>() == name)!;

        new VectorRun((JsonObject?)one["options"]).Run((JsonArray)one["steps"]!);
    }

    private static JsonArray Read(string file) => (JsonArray)JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, file)))!["cases"]!;
}
