using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using RealtimeSessions.Protocol.Data;
using static RealtimeSessions.Protocol.Tests.Data.Trees;

namespace RealtimeSessions.Protocol.Tests.Data;

public sealed class ReservedNameTests
{
    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(3000);

    [Theory]
    [InlineData("""{"__proto__":0}""", "$.__proto__")]
    [InlineData("""{"__proto__":{"a":1}}""", "$.__proto__")]
    [InlineData("""{"a":1,"b":{"c":{"__proto__":[]}}}""", "$.b.c.__proto__")]
    [InlineData("""{"\u005f_proto_\u005f":true}""", "$.__proto__")]
    [InlineData("""[{"__proto__":0}]""", "$[0].__proto__")]
    [InlineData("""{"a":[1,{"b":2,"__proto__":null}]}""", "$.a[1].__proto__")]
    [InlineData("""{"a":[[{"\u005f_proto__":{}}]]}""", "$.a[0][0].__proto__")]
    [InlineData("""{"a":["__proto__",{"\"__proto__":1},{"__proto__":1}]}""", "$.a[2].__proto__")]
    [InlineData("""{"a":{"__proto__":{"__proto__":null}}}""", "$.a.__proto__")]
    public void Find_ThereIsOne_TellsWhere(string text, string path)
    {
        Assert.Equal(path, ReservedName.Find(Tree(text)));
        Assert.Equal(path, ReservedName.Find(Tree(text), allowsRemovals: true));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("\"__proto__\"")]
    [InlineData("""{"a":"__proto__","b":"{\"__proto__\":1}","c":"\"__proto__\":"}""")]
    [InlineData("""["__proto__","{\"__proto__\":1}",",\"__proto__\":",{"a":"__proto__"}]""")]
    [InlineData("""{"a":[{"\"__proto__":1},{"{\"__proto__":1},{",\"__proto__":1},{"__proto__\\":1}]}""")]
    [InlineData("""{"__proto":1,"__proto___":2,"__PROTO__":3,"constructor":{"prototype":4},"a":[{"__proto":1,"x__proto__":2}]}""")]
    public void Find_ThereIsNone_IsNull(string text) => Assert.Null(ReservedName.Find(Tree(text)));

    [Fact]
    public void Find_WithRemovals_PassesOverNullsOutsideArraysOnly()
    {
        var patch = Tree("""{"__proto__":null,"a":{"__proto__":null,"b":[{"__proto__":null}]}}""");

        Assert.Equal("$.__proto__", ReservedName.Find(patch));
        Assert.Equal("$.a.b[0].__proto__", ReservedName.Find(patch, allowsRemovals: true));
        Assert.Null(ReservedName.Find(patch.With("a", Tree("""{"__proto__":null}""")), allowsRemovals: true));
    }

    [Fact]
    public void Find_InAnyValue_FindsOneExactlyWhereAWalkDoes() => Check.One(Config, Prop.ForAll(JsonArbitrary.Values, value =>
    {
        using var document = JsonDocument.Parse(value.ToUtf8Bytes());

        Assert.Equal(Has(document.RootElement, removals: true), ReservedName.Find(value) is not null);
        Assert.Equal(Has(document.RootElement, removals: false), ReservedName.Find(value, allowsRemovals: true) is not null);
    }));

    [Theory]
    [InlineData("""{"__proto__":null}""", "{}", "{}")]
    [InlineData("""{"__proto__":null}""", """{"__proto__":1}""", """{"__proto__":null}""")]
    [InlineData("""{"__proto__":null,"a":{"__proto__":null,"b":1},"c":null}""", """{"__proto__":1,"a":{}}""", """{"__proto__":null,"a":{"b":1},"c":null}""")]
    [InlineData("""{"a":{"__proto__":null}}""", """{"a":[]}""", """{"a":{}}""")]
    [InlineData("""{"a":{"b":{"__proto__":null}}}""", """{"a":{"b":{"__proto__":{}}}}""", """{"a":{"b":{"__proto__":null}}}""")]
    public void WithoutVainRemovals_LeavesOnlyThoseThatRemove(string patch, string target, string expected) =>
        Assert.Equal(Tree(expected), ReservedName.WithoutVainRemovals(Tree(patch), Tree(target)));

    [Fact]
    public void WithoutVainRemovals_OfAnyPatch_GivesTheSame() => Check.One(Config, Prop.ForAll(JsonArbitrary.Documents, JsonArbitrary.Objects, (target, patch) =>
    {
        var rest = ReservedName.WithoutVainRemovals(patch, target);
        Assert.Equal(MergePatch.Apply(target, patch), MergePatch.Apply(target, rest));
        Assert.True(ReservedName.Find(patch) is not null || ReferenceEquals(patch, rest));
        Assert.True(ReservedName.Find(target) is not null || ReservedName.Find(patch, allowsRemovals: true) is not null || ReservedName.Find(rest) is null);
    }));

    /// <summary>The slow way.</summary>
    private static bool Has(JsonElement value, bool removals) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Any(member =>
            (member.Name == ReservedName.Text && (removals || member.Value.ValueKind != JsonValueKind.Null)) || Has(member.Value, removals)),
        JsonValueKind.Array => value.EnumerateArray().Any(item => Has(item, removals: true)),
        _ => false,
    };
}
