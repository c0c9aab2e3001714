using RealtimeSessions.EventLog;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Directory;

/// <summary>Who is entered in the directory, and how he is found.</summary>
public abstract class UserDirectoryTests(bool onRedis) : DirectoryTest(onRedis)
{
    [Fact]
    public async Task EnterAsync_ANewSubject_HasANumberAndWhatTheTokenSays()
    {
        var user = await Users.EnterAsync(Token("bob", "Bob Brown", "Bob@Example.com"));
        var second = await Users.EnterAsync(Token("carol"));

        Assert.Equal((1, "bob", "Bob Brown", "Bob@Example.com"), (user.UserId, user.Subject, user.Name, user.Email));
        Assert.Equal((Parts.Time.GetUtcNow(), Parts.Time.GetUtcNow()), (user.CreatedAt, user.UpdatedAt));
        Assert.Equal((2, "carol", null), (second.UserId, second.Name, second.Email));
    }

    [Fact]
    public async Task EnterAsync_OneSubjectOnTwoServersAtOnce_IsOneUser()
    {
        var subjects = Enumerable.Range(0, 20).Select(i => $"user{i}").ToArray();

        var here = subjects.Select(subject => Users.EnterAsync(Token(subject)).AsTask()).ToArray();
        var there = subjects.Select(subject => Other.Directory.Users.EnterAsync(Token(subject)).AsTask()).ToArray();

        var numbers = (await Task.WhenAll(here)).Select(user => user.UserId).ToArray();
        Assert.Equal(numbers, (await Task.WhenAll(there)).Select(user => user.UserId));
        Assert.Equal(20, numbers.Distinct().Count());
    }

    [Fact]
    public async Task EnterAsync_AKnownUser_NeedsNoStorage()
    {
        await Users.EnterAsync(Token("bob", "Bob", "bob@example.com"));
        Parts.Directory.Catalog.IsDown = true;

        Assert.True(Users.EnterAsync(Token("bob", "Bob", "bob@example.com")).IsCompletedSuccessfully);
        Assert.True(Users.EnterAsync(Token("bob")).IsCompletedSuccessfully);
        await Assert.ThrowsAsync<EngineUnavailableException>(() => Users.EnterAsync(Token("carol")).AsTask());
    }

    [Fact]
    public async Task EnterAsync_AnotherName_IsWrittenAndSeenElsewhere()
    {
        await Users.EnterAsync(Token("bob", "Bob", "bob@example.com"));
        Parts.Time.Advance(TimeSpan.FromMinutes(1));

        var renamed = await Other.Directory.Users.EnterAsync(Token("bob", "Robert", "robert@example.com"));

        Assert.Equal((1, "Robert", "robert@example.com"), (renamed.UserId, renamed.Name, renamed.Email));
        Assert.Equal(TimeSpan.FromMinutes(1), renamed.UpdatedAt - renamed.CreatedAt);
        Assert.Equal(renamed.UpdatedAt, (await Users.EnterAsync(Token("bob", "Robert", "robert@example.com"))).UpdatedAt);
        Assert.Equal(1, Assert.Single(await Users.FindByEmailAsync(["bob@example.com", "robert@example.com"])).Value.UserId);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", "")]
    [InlineData(" \t", "nobody")]
    [InlineData(null, "a b@example.com")]
    public async Task EnterAsync_ATokenThatSaysNothing_ChangesNothing(string? name, string? email)
    {
        await Users.EnterAsync(Token("bob", "Bob", "bob@example.com"));

        var user = await Other.Directory.Users.EnterAsync(Token("bob", name, email));

        Assert.Equal(("Bob", "bob@example.com"), (user.Name, user.Email));
    }

    [Fact]
    public async Task EnterAsync_AVeryLongName_IsCutBetweenLetters()
    {
        var user = await Users.EnterAsync(Token("bob", new string('x', 199) + "😀😀"));

        Assert.Equal(new string('x', 199), user.Name);
    }

    [Fact]
    public async Task GetAsync_ACallerWithoutAToken_IsEnteredByHisSubjectAndNeverRenamed()
    {
        Assert.Equal("bob", (await Users.GetAsync(ServerParts.Bob)).Name);
        await Users.EnterAsync(Token("bob", "Bob"));

        Assert.Equal("Bob", (await Users.GetAsync(Token("bob", "Other"))).Name);
    }

    [Fact]
    public async Task FindAsync_Numbers_AreThoseThatExist()
    {
        for (var i = 1; i <= 250; i++)
        {
            await Users.EnterAsync(Token($"user{i}"));
        }

        var found = await Other.Directory.Users.FindAsync([.. Enumerable.Range(100, 200).Select(i => (long)i), 100]);

        Assert.Equal(Enumerable.Range(100, 151).Select(i => (long)i), found.Keys.Order());
        Assert.All(found, pair => Assert.Equal($"user{pair.Key}", pair.Value.Subject));
        Assert.Null(await Users.FindAsync(251));
    }

    [Fact]
    public async Task FindByEmailAsync_OfSeveral_IsTheOneEnteredFirst()
    {
        await Users.EnterAsync(Token("bob", "Bob", "Team@Example.com"));
        await Users.EnterAsync(Token("carol", "Carol", "team@example.com"));
        await Users.EnterAsync(Token("dave", "Dave", "dave@example.com"));

        var found = await Users.FindByEmailAsync(["TEAM@example.com", "nobody", "dave@example.com", "erin@example.com", "team@EXAMPLE.com"]);

        Assert.Equal(2, found.Count);
        Assert.Equal("bob", found["TEAM@example.com"].Subject);
        Assert.Equal("dave", found["dave@example.com"].Subject);
    }
}

public sealed class EmbeddedUserDirectoryTests() : UserDirectoryTests(onRedis: false);

public sealed class RedisUserDirectoryTests() : UserDirectoryTests(onRedis: true);
