using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using RealtimeSessions.Client;
using RealtimeSessions.EndToEnd.Tests.Conversations.Clients;
using RealtimeSessions.EndToEnd.Tests.Deployments;
using RealtimeSessions.EndToEnd.Tests.Walk;
using RealtimeSessions.Protocol;

namespace RealtimeSessions.EndToEnd.Tests.Clients;

/// <summary>What clients/dotnet/README.md says is so: its examples run as they are written there, its tables are the code's.</summary>
[Collection(EmbeddedDeployment.Name)]
public sealed partial class ReadmeTests(EmbeddedDeployment deployment) : ClientTest(deployment)
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Readme.Root, "clients", "dotnet", "README.md"));

    [Fact]
    public void Blocks_AreTheRegionsOfTheExamples()
    {
        var regions = Region().Matches(File.ReadAllText(ExamplesFile())).Select(match => Dedent(match.Groups[1].Value)).Order().ToArray();
        var blocks = Block().Matches(Text).Select(match => match.Groups[1].Value.TrimEnd()).Order().ToArray();

        Assert.Equal(regions, blocks);
    }

    [Fact]
    public void OptionsTable_IsTheOptions()
    {
        var options = new RealtimeClientOptions();
        var expected = typeof(RealtimeClientOptions).GetProperties().Select(property => (property.Name, Default(property.Name, property.GetValue(options))));

        Assert.Equal(expected, OptionRow().Matches(Text).Select(match => (match.Groups[1].Value, match.Groups[2].Value.Trim())));
    }

    [Fact]
    public void ErrorsTable_IsTheErrors()
    {
        var expected = typeof(ClientErrors).GetFields().Select(field => (ErrorCode)field.GetValue(null)!)
            .Select(code => (code.Name, code.Number.ToString(CultureInfo.InvariantCulture), code.IsRetryable ? "yes" : "no"));

        Assert.Equal(expected, ErrorRow().Matches(Text).Select(match => (match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value)));
    }

    [Fact]
    public async Task Examples_AgainstAServer_Work()
    {
        var shown = new TaskCompletionSource<string>();
        Assert.Equal(
            """{"shopping":{"milk":2},"title":"Plans"}""",
            await ReadmeExamples.FirstAsync(First.Address, _ => First.SignInAsync("alice"), data => shown.TrySetResult(data.ToString())));
        Assert.Equal("""{"shopping":{"milk":2},"title":"Plans"}""", await shown.Task.WaitAsync(Patience));

        var client = Open("alice");
        var session = await CreateAsync(client);
        Assert.Equal(1, await ReadmeExamples.TypedAsync(client, session.SessionId));
        await ReadmeExamples.PresenceAsync(client, session.SessionId);
        await client.CreateSessionAsync(new() { ApplicationId = "demo", Name = "In a room", Properties = new Dictionary<string, string> { ["room"] = "blue" } });
        Assert.InRange(await ReadmeExamples.WatchingAsync(client), 1, int.MaxValue);
        await using var joined = await client.JoinSessionAsync("demo", session.SessionId);
        await ReadmeExamples.EventsAsync(joined, CancellationToken.None);
        Assert.False(await ReadmeExamples.UndoAsync(joined)); // The title is Plans already.
        await client.CloseSessionAsync(new() { ApplicationId = "demo", SessionId = session.SessionId });
        await ReadmeExamples.ErrorsAsync(joined); // It expects to be refused.
    }

    [Fact]
    public async Task ExampleOfConversations_AgainstAServer_Works()
    {
        using var setting = await ConversationSetting.OpenAsync(First, "alice");
        var conversationId = await setting.CreateAsync();
        await setting.CommentAsync(conversationId, [.. Enumerable.Range(0, 250).Select(i => $"{i}")]);

        var (commentId, comments) = await ReadmeExamples.ConversationsAsync(Open("alice"), conversationId);

        Assert.Equal(251, comments.Count);
        Assert.Equal("The plans are ready #launch", comments[^1].Comment.Content);
        Assert.Equal(comments[^1].IsPending ? 0 : commentId, comments[^1].Comment.CommentId); // Its event may be on its way.
    }

    [Fact]
    public async Task AddRealtimeClient_GivesOneClient()
    {
        var services = new ServiceCollection();
        ReadmeExamples.Register(services, First.Address, _ => First.SignInAsync("alice"));
        RealtimeClient client;
        await using (var provider = services.BuildServiceProvider())
        {
            client = provider.GetRequiredService<RealtimeClient>();
            Assert.Same(client, provider.GetRequiredService<RealtimeClient>());
            Assert.Contains((await client.ListApplicationsAsync()).Applications, application => application.ApplicationId == "demo");
        }

        Assert.Equal(ConnectionState.Closed, client.State);
    }

    private static string Default(string name, object? value) => value switch
    {
        null => "none",
        TimeSpan time => $"{time.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s",
        int bytes when name.EndsWith("Bytes", StringComparison.Ordinal) => bytes >= 1024 * 1024 ? $"{bytes / 1024 / 1024} MiB" : $"{bytes / 1024} KiB",
        int number => number.ToString("N0", CultureInfo.InvariantCulture),
        _ => $"`{value}`",
    };

    private static string Dedent(string region)
    {
        var lines = region.TrimEnd().Split('\n');
        var indent = lines[0].Length - lines[0].TrimStart().Length;
        return string.Join('\n', lines.Select(line => line.Length >= indent ? line[indent..] : line));
    }

    private static string ExamplesFile([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "ReadmeExamples.cs");

    [GeneratedRegex(@"#region \w+\n(.*?)[ ]*#endregion", RegexOptions.Singleline)]
    private static partial Regex Region();

    [GeneratedRegex("^```csharp\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^\| `([A-Z]\w+)` \| ([^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex OptionRow();

    [GeneratedRegex(@"^\| `([a-z_]+)` \| (9\d\d) \| (yes|no) \|", RegexOptions.Multiline)]
    private static partial Regex ErrorRow();
}
