using System.Text;
using RealtimeSessions.Server.Sessions;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Sessions.Commands;

/// <summary>Removals of members that nobody can make any more. Who only hears of their name may lose his connection by it.</summary>
public sealed class ReservedRemovalTests : LaneTest
{
    [Fact]
    public async Task PatchDataAsync_ThereIsNoneToRemove_TellsNobodyOfIt()
    {
        await Parts.PatchAsync(Board, """{"a":{"b":1}}""");

        Assert.Equal(0, (await Parts.PatchAsync(Board, """{"__proto__":null}""")).Value!.Count);
        Assert.Equal(1, (await Parts.PatchAsync(Board, """{"__proto__":null,"a":{"__proto__":null,"b":2}}""")).Value!.Count);

        Assert.Equal("""{"a":{"b":2}}""", await LastPatchAsync());
        Assert.Equal("""{"a":{"b":2}}""", await Parts.DataAsync(Board));
    }

    /// <summary>As a server before this rule may have left it; here no request is checked.</summary>
    [Fact]
    public async Task PatchDataAsync_ThereIsOneToRemove_RemovesIt()
    {
        await Parts.PatchAsync(Board, """{"a":{"__proto__":{"b":1}},"c":1}""");
        Assert.Equal("""{"a":{"__proto__":{"b":1}},"c":1}""", await Parts.DataAsync(Board));

        Assert.Equal(1, (await Parts.PatchAsync(Board, """{"__proto__":null,"a":{"__proto__":null}}""")).Value!.Count);

        Assert.Equal("""{"a":{"__proto__":null}}""", await LastPatchAsync());
        Assert.Equal("""{"a":{},"c":1}""", await Parts.DataAsync(Board));
    }

    private async Task<string> LastPatchAsync()
    {
        var sent = SessionEventJson.Send(Board, (await Parts.EventsAsync(Board))[^1]);
        return Make.Tree(Encoding.UTF8.GetString(sent)).TryGetMember("data", out var data) ? data.ToString() : "";
    }
}
