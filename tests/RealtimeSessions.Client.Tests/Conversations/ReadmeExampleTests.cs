using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace RealtimeSessions.Client.Tests.Conversations;

/// <summary>The example of conversations in clients/dotnet/README.md runs as it is written there. It stands between <c>cs</c> fences: the others run against a server.</summary>
public sealed partial class ReadmeExampleTests : ConversationTest
{
    [Fact]
    public void Block_IsTheRegionOfTheExample()
    {
        var region = Region().Match(File.ReadAllText(ThisFile())).Groups[1].Value;
        var lines = region.TrimEnd().Split('\n').Select(line => line.Length >= 8 ? line[8..] : line);
        var readme = Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "..", "clients", "dotnet", "README.md");

        Assert.Equal(string.Join('\n', lines), Block().Match(File.ReadAllText(readme)).Groups[1].Value.TrimEnd());
    }

    [Fact]
    public async Task Example_Runs()
    {
        foreach (var content in "abc")
        {
            Hub.Comment(content.ToString(), isTold: false);
        }

        await using var client = Hub.Client();
        var example = RunAsync(client, FakeConversationHub.Id);
        var call = (await Hub.CallsAsync("CreateComment"))[0];
        Hub.Tell(Hub.Accept(call));

        Assert.Equal(4, await example.WaitAsync(Patience));
    }

    private static async Task<int> RunAsync(RealtimeClient client, long conversationId)
    {
        #region conversations
        await using var conversation = await client.JoinConversationAsync(conversationId);
        using var listening = conversation.OnChange(view =>
        {
            foreach (var (comment, sequence) in view.Comments)
            {
                Console.WriteLine($"{comment.CreatorId}: {comment.Content}{(sequence is null ? " (on its way)" : "")}");
            }
        });

        var ack = await conversation.SendCommentAsync("@user:2 the plans are ready");
        while (conversation.HasEarlier)
        {
            await conversation.LoadEarlierAsync();
        }
        #endregion
        Assert.Equal(4, ack.Position.Sequence);
        return conversation.Comments.Count;
    }

    private static string ThisFile([CallerFilePath] string file = "") => file;

    [GeneratedRegex(@"#region conversations\n(.*?)[ ]*#endregion", RegexOptions.Singleline)]
    private static partial Regex Region();

    [GeneratedRegex("^```cs\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
