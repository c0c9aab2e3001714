using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Applications;
using RealtimeSessions.Server.Identity;
using RealtimeSessions.Server.Sessions;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Sessions.Commands;

public sealed class PatchSessionTests : LaneTest
{
    private static readonly Caller Closer = new("closer", [Caller.Everyone]);
    private static readonly Caller Editor = new("editor", [Caller.Everyone]);
    private static readonly SessionPatch Closing = new() { Status = SessionStatus.Closed };

    [Fact]
    public async Task PatchAsync_Everything_IsOneAppendOfThreeEvents()
    {
        var ack = (await Parts.PatchSessionAsync(Board, new SessionPatch
        {
            Name = "Name",
            Description = "Description",
            Properties = new Dictionary<string, string> { ["a"] = "b" },
            Status = SessionStatus.Closed,
        }, writer: ("w", 1))).Value!;

        var events = (await Parts.EventsAsync(Board)).Skip(1).ToArray();
        Assert.Equal(
            [typeof(SessionUpdated), typeof(SessionPropertiesUpdated), typeof(SessionClosed)],
            events.Select(next => SessionEventJson.Read(next).GetType()));
        Assert.Equal((3, 4L, events[^1].EventId, events[^1].CreatedAt), (ack.Count, ack.Position.Sequence, ack.EventId!.Value, ack.CreatedAt!.Value));
        var session = await Parts.GetAsync(Board);
        Assert.Equal(("Name", "Description", "b", SessionStatus.Closed), (session.Name, session.Description, session.Properties["a"], session.Status));
        await Followed.AssertAsync(Parts, Board);
        Assert.True((await Parts.PatchSessionAsync(Board, Closing, writer: ("w", 1))).Value?.Duplicate);
    }

    [Fact]
    public async Task PatchAsync_Nothing_MakesNoEventAndUsesUpNoNumber()
    {
        var ack = (await Parts.PatchSessionAsync(Board, new SessionPatch(), writer: ("w", 1))).Value!;

        Assert.Equal((0, 1L, null, false), (ack.Count, ack.Position.Sequence, ack.EventId, ack.Duplicate));
        Assert.Equal(1, (await Parts.RenameAsync(Board, "First", writer: ("w", 1))).Value?.Count);
    }

    [Fact]
    public async Task PatchAsync_ACloserOrAnEditor_MayDoHisPart()
    {
        await GrantAsync(Closer, "session:close:participant");
        await GrantAsync(Editor, "session:update:participant");

        Assert.Contains("session:update", (await Parts.RenameAsync(Board, "No", Closer)).Error!.Text, StringComparison.Ordinal);
        Assert.Contains("session:close", (await Parts.PatchSessionAsync(Board, Closing, Editor)).Error!.Text, StringComparison.Ordinal);
        Assert.Equal(ErrorCode.Forbidden, (await Parts.PatchSessionAsync(Board, Closing with { Description = "" }, Closer)).Error?.Code);
        Assert.Equal(ErrorCode.Forbidden, (await Parts.PatchSessionAsync(Board, new SessionPatch(), Closer)).Error?.Code);
        Assert.Equal(1, (await Parts.RenameAsync(Board, "Yes", Editor)).Value?.Count);
        Assert.Equal(1, (await Parts.PatchSessionAsync(Board, Closing, Closer)).Value?.Count);
        Assert.Equal(ErrorCode.SessionClosed, (await Parts.PatchSessionAsync(Board, Closing, Closer)).Error?.Code);
    }

    [Fact]
    public async Task UpdateAsync_WithoutAValue_EmptiesDescriptionAndProperties()
    {
        await Parts.PatchSessionAsync(Board, new SessionPatch { Description = "Text", Properties = new Dictionary<string, string> { ["a"] = "b" } });

        await Parts.Service.UpdateDescriptionAsync(
            ServerParts.Bob, new UpdateSessionDescriptionRequest { ApplicationId = "demo", SessionId = "board" }, EventSource.Rest, origin: null);
        await Parts.Service.UpdatePropertiesAsync(
            ServerParts.Bob, new UpdateSessionPropertiesRequest { ApplicationId = "demo", SessionId = "board" }, EventSource.Rest, origin: null);
        await Parts.Service.UpdateNameAsync(
            ServerParts.Bob, new UpdateSessionNameRequest { ApplicationId = "demo", SessionId = "board", Name = "New" }, EventSource.Rest, origin: null);

        var session = await Parts.GetAsync(Board);
        Assert.Equal(("New", "", 0), (session.Name, session.Description, session.Properties.Count));
        await Followed.AssertAsync(Parts, Board);
    }

    [Fact]
    public async Task SubmitAsync_EachChange_NeedsItsPermission()
    {
        await GrantAsync(Editor, "session:read:participant");

        Assert.All(
            [
                await Parts.RenameAsync(Board, "No", Editor),
                await Parts.PatchSessionAsync(Board, Closing, Editor),
                await Parts.PatchAsync(Board, "{}", Editor),
                await Parts.AddAsync(Board, new("bert"), Editor),
                await Parts.RemoveAsync(Board, new("bob"), Editor),
                await Parts.CloseAsync(Board, Editor),
            ],
            answer => Assert.Equal(ErrorCode.Forbidden, answer.Error?.Code));
        Assert.Equal(ErrorCode.Forbidden, (await Parts.DeleteAsync(Board, Editor)).Error?.Code);
        Assert.Equal(ErrorCode.Forbidden, (await Parts.DeleteAsync(Board, ServerParts.Bob)).Error?.Code);
        Assert.Equal(ErrorCode.SessionNotFound, (await Parts.RenameAsync(Board, "No", ServerParts.Bert)).Error?.Code);
        Assert.Equal(ErrorCode.ApplicationNotFound, (await Parts.RenameAsync(Board, "No", ServerParts.Mallory)).Error?.Code);
    }

    /// <summary>Gives somebody a role of his own with one permission besides reading, and takes him into the session.</summary>
    private async Task GrantAsync(Caller caller, string permission)
    {
        var entry = (await Parts.Store.GetAsync(ServerParts.ApplicationId))!;
        var document = ApplicationStore.Read(entry);
        var role = new Role
        {
            Name = caller.UserId,
            Description = "",
            Permissions = ["session:read:participant", permission],
            Participants = [new(caller.UserId)],
        };
        var granted = document with { Roles = [.. document.Roles, role] };
        Parts.Applications.Accept(granted, (await Parts.Store.PutAsync(granted, entry.Version)).Value!.Value);
        await Parts.AddAsync(Board, new(caller.UserId));
    }
}
