using System.Text.Json.Nodes;

namespace RealtimeSessions.Client.Tests.Replicas;

/// <summary>The cases that every client's replicas run.</summary>
public sealed class ReplicaVectorTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "vectors");

    public static TheoryData<string, string> SessionCases => Cases("replica");

    public static TheoryData<string, string> ConversationCases => Cases("conversations");

    public static TheoryData<string, string> FeedCases => Cases("feeds");

    public static TheoryData<string, string> SessionListCases => Cases("session-lists");

    [Theory]
    [MemberData(nameof(SessionCases))]
    public void Replica_EveryCase_DoesAsItSays(string file, string name)
    {
        var one = Find(file, name);

        new VectorRun((JsonObject?)one["options"]).Run((JsonArray)one["steps"]!);
    }

    [Theory]
    [MemberData(nameof(ConversationCases))]
    public void ConversationReplica_EveryCase_DoesAsItSays(string file, string name) => new ConversationVectorRun().Run((JsonArray)Find(file, name)["steps"]!);

    [Theory]
    [MemberData(nameof(FeedCases))]
    public void FeedReplica_EveryCase_DoesAsItSays(string file, string name) => new FeedVectorRun().Run((JsonArray)Find(file, name)["steps"]!);

    [Theory]
    [MemberData(nameof(SessionListCases))]
    public void SessionList_EveryCase_DoesAsItSays(string file, string name)
    {
        var one = Find(file, name);

        new SessionListVectorRun((JsonObject?)one["list"]).Run((JsonArray)one["steps"]!);
    }

    private static TheoryData<string, string> Cases(string folder)
    {
        var cases = new TheoryData<string, string>();
        foreach (var path in Directory.GetFiles(Path.Combine(Folder, folder), "*.json"))
        {
            var file = Path.GetRelativePath(Folder, path);
            foreach (var one in Read(file))
            {
                cases.Add(file, one!["name"]!.GetValue<string>());
            }
        }

        return cases;
    }

    private static JsonObject Find(string file, string name) => (JsonObject)Read(file).Single(one => one!["name"]!.GetValue<string>() == name)!;

    private static JsonArray Read(string file) => (JsonArray)JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, file)))!["cases"]!;
}
