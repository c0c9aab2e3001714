using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Conversations;

namespace RealtimeSessions.Client.Tests.Conversations;

public sealed class LoadEarlierTests : ConversationTest
{
    public LoadEarlierTests()
    {
        foreach (var content in "abcde")
        {
            Hub.Comment(content.ToString(), isTold: false);
        }
    }

    [Fact]
    public async Task LoadEarlier_UntilThereAreNone_PutsThemInFront()
    {
        await using var client = Hub.Client();
        var conversation = await JoinAsync(client);

        Assert.Equal(2, await conversation.LoadEarlierAsync(2));
        Assert.Equal(("b, c, d, e", true), (Texts(conversation), conversation.HasEarlier));
        Assert.Equal(1, await conversation.LoadEarlierAsync(2));
        Assert.Equal(("a, b, c, d, e", false), (Texts(conversation), conversation.HasEarlier));
        Assert.Equal(0, await conversation.LoadEarlierAsync(2));

        var requests = (await Hub.CallsAsync("ListComments", count: 2)).Select(call => (ListCommentsRequest)call.Request);
        Assert.Equal([(7L, 4L, 2), (7L, 2L, 2)], requests.Select(request => (request.ConversationId, request.Before!.Value, request.Limit!.Value)));
    }

    [Fact]
    public async Task LoadEarlier_WhileCommentsCome_PutsThemBeforeThese()
    {
        Hub.Held.Add("ListComments");
        await using var client = Hub.Client();
        var conversation = await JoinAsync(client);

        var loading = conversation.LoadEarlierAsync();
        var call = (await Hub.CallsAsync("ListComments"))[0];
        Hub.Comment("f");
        call.Answer.SetResult(Hub.Page((ListCommentsRequest)call.Request));

        Assert.Equal(3, await loading.WaitAsync(Patience));
        Assert.Equal("a, b, c, d, e, f", Texts(conversation));
    }

    [Fact]
    public async Task LoadEarlier_AcrossAReset_LeavesNoHole()
    {
        Hub.Held.Add("ListComments");
        await using var client = Hub.Client();
        var conversation = await JoinAsync(client);

        var loading = conversation.LoadEarlierAsync();
        var call = (await Hub.CallsAsync("ListComments"))[0];
        Hub.Comment("f", isTold: false);
        Hub.Reset();
        call.Answer.SetResult(Hub.Page((ListCommentsRequest)call.Request));

        Assert.Equal(0, await loading.WaitAsync(Patience));
        Assert.Equal(("e, f", true), (Texts(conversation), conversation.HasEarlier));
    }

    [Fact]
    public async Task LoadEarlier_ThatIsRefused_Throws()
    {
        Hub.Held.Add("ListComments");
        await using var client = Hub.Client();
        var conversation = await JoinAsync(client);

        var loading = conversation.LoadEarlierAsync(5_000);
        (await Hub.CallsAsync("ListComments"))[0].Fail(ErrorCode.InvalidArgument);

        Assert.Equal(ErrorCode.InvalidArgument, (await Assert.ThrowsAsync<RealtimeException>(() => loading)).Code);
        Assert.Equal("d, e", Texts(conversation));
    }
}
