using RealtimeSessions.EventLog.Redis;
using StackExchange.Redis;

namespace RealtimeSessions.EventLog.Tests.Redis;

public sealed class RedisKeysTests
{
    private static readonly RedisKeys Keys = new("team.a");

    [Fact]
    public void Log_AllItsKeys_ShareItsHashTag() =>
        Assert.All(KeysOf(Keys.Log(RedisTest.Log)), key => Assert.StartsWith("{team.a:log:session/demo/board-1}:", key));

    [Fact]
    public void Catalog_AllItsKeys_ShareItsHashTag() =>
        Assert.All(KeysOf(Keys.Catalog("apps/demo")), key => Assert.StartsWith("{team.a:catalog:apps/demo}:", key));

    [Theory]
    [InlineData("")]
    [InlineData("a{b}")]
    [InlineData("two words")]
    [InlineData("far-too-long-a-prefix-for-so-many-keys-of-it")]
    public void Constructor_PrefixOfAnotherForm_Throws(string prefix) => Assert.Throws<ArgumentException>(() => new RedisKeys(prefix));

    [Theory]
    [InlineData("")]
    [InlineData("a}b")]
    public void Catalog_ScopeOfAnotherForm_Throws(string scope) => Assert.Throws<ArgumentException>(() => Keys.Catalog(scope));

    private static string[] KeysOf<T>(T keys)
    {
        var names = typeof(T).GetProperties().Where(property => property.PropertyType == typeof(RedisKey))
            .Select(property => (string)(RedisKey)property.GetValue(keys)!).ToArray();
        Assert.Equal(names.Length, names.Distinct().Count());
        return names;
    }
}
