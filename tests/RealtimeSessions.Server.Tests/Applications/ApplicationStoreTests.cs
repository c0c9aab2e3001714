using System.Text;
using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Applications;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Applications;

public sealed class ApplicationStoreTests : ApplicationTest
{
    [Fact]
    public async Task CreateAsync_AnApplication_IsStoredAsTheGoldenFileSays()
    {
        var entry = await ReadAsync("demo");

        Golden.AssertEqual("application.stored.json", Encoding.UTF8.GetString(entry.Body.Span));
        Assert.Equal(1, entry.Version);
    }

    [Fact]
    public async Task DeleteAsync_AnApplication_LeavesATombstoneAsTheGoldenFileSays()
    {
        Value(await Service.DeleteAsync(ServerParts.Alice, Demo));

        Golden.AssertEqual("application_deleted.stored.json", Encoding.UTF8.GetString((await ReadAsync("demo")).Body.Span));
    }

    [Fact]
    public async Task PutAsync_AndRead_GiveBackTheSame()
    {
        var document = ApplicationStore.Read(await ReadAsync("demo"));
        var role = new Role
        {
            Name = "Ünïcode \u0001 \"\\ 🙂",
            Description = "d",
            Permissions = ["session:create"],
            Participants = [new("a\0b"), new("everyone") { Type = ParticipantType.Group }],
            CreatedBy = "x",
            CreatedAt = Make.Noon,
            ModifiedBy = "y",
            ModifiedAt = Make.Noon.AddMilliseconds(1),
        };
        var written = document with { Roles = [role], Application = document.Application with { DraftVersion = null, PublishedVersion = 7 } };

        Assert.Equal(2, (await Parts.Store.PutAsync(written, expectedVersion: 1)).Value);

        Assert.Equivalent(written, ApplicationStore.Read(await ReadAsync("demo")), strict: true);
    }

    [Fact]
    public async Task PutAsync_OverAnotherVersion_WritesNothing()
    {
        var document = ApplicationStore.Read(await ReadAsync("demo"));

        Assert.Null((await Parts.Store.PutAsync(document, expectedVersion: 0)).Value);
        Assert.Null((await Parts.Store.PutAsync(document, expectedVersion: 2)).Value);
        Assert.Equal(1, (await ReadAsync("demo")).Version);
    }

    [Fact]
    public async Task PutAsync_MoreThanAMebibyte_IsRefusedAndWritesNothing()
    {
        var participants = Enumerable.Range(0, 1_000).Select(number => new Participant($"{number}".PadLeft(200, 'x'))).ToArray();
        foreach (var name in new[] { "a", "b", "c", "d" })
        {
            await CreateRoleAsync(name, [], participants);
        }

        var refused = await Service.CreateRoleAsync(
            ServerParts.Alice, new() { ApplicationId = "demo", Name = "e", Permissions = [], Participants = participants });

        AssertRefused(ErrorCode.LimitExceeded, refused);
        Assert.Equal(1024 * 1024, refused.Error!.Details!["limit"]!.GetValue<int>());
        Assert.Equal(7, ApplicationStore.Read(await ReadAsync("demo")).Roles.Count);
    }

    [Fact]
    public async Task EnumerateAsync_AndEnumerateDeletedAsync_ManyOfBoth_GiveEachOnce()
    {
        var ids = Enumerable.Range(0, 120).Select(number => $"app-{number}").ToArray();
        foreach (var id in ids)
        {
            await CreateAsync(id);
        }

        foreach (var id in ids.Take(70))
        {
            Value(await Service.DeleteAsync(ServerParts.Alice, new() { ApplicationId = id }));
        }

        Assert.Equal(ids.Skip(70).Append("demo").Order(), (await Parts.Store.EnumerateAsync().ToListAsync()).Order());
        Assert.Equal(ids.Take(70).Order(), (await Parts.Store.EnumerateDeletedAsync().Select(one => one.Id).ToListAsync()).Order());
    }

    [Fact]
    public async Task MarkSweptAsync_OfADeletedOne_IsNotEnumeratedAndKeepsItsId()
    {
        Value(await Service.DeleteAsync(ServerParts.Alice, Demo));

        await Parts.Store.MarkSweptAsync("demo");

        Assert.Empty(await Parts.Store.EnumerateDeletedAsync().ToListAsync());
        Assert.Empty(await Parts.Store.EnumerateAsync().ToListAsync());
        Assert.NotNull(ApplicationStore.Read(await ReadAsync("demo")).DeletedAt);
        AssertRefused(ErrorCode.Conflict, await Service.CreateAsync(ServerParts.Alice, new() { ApplicationId = "demo", Name = "x" }));
    }

    [Theory]
    [InlineData("demo")]
    [InlineData("nothing")]
    [InlineData("../x")]
    public async Task MarkSweptAsync_OfOneThatIsNotDeleted_ChangesNothing(string applicationId)
    {
        await Parts.Store.MarkSweptAsync(applicationId);

        Assert.Equal(["demo"], await Parts.Store.EnumerateAsync().ToListAsync());
        Assert.Equal(1, (await ReadAsync("demo")).Version);
    }

    private async Task<CatalogEntry> ReadAsync(string applicationId) => (await Parts.Store.GetAsync(applicationId))!;
}
