using System.Globalization;
using System.Text;
using RealtimeSessions.Protocol.Data;
using static RealtimeSessions.Protocol.Tests.Data.Trees;

namespace RealtimeSessions.Protocol.Tests.Data;

public sealed class LargeObjectTests
{
    [Theory]
    [InlineData(1, 40)]
    [InlineData(2, 700)]
    [InlineData(3, 20_000)]
    public void WithAndWithout_RandomMembers_MatchesSortedDictionary(int seed, int names)
    {
        var random = new Random(seed);
        var model = new SortedDictionary<string, JsonTree>(StringComparer.Ordinal);
        var tree = JsonTree.Empty;
        for (var step = 0; step < 30_000; step++)
        {
            // Grows and shrinks in turns, so that nodes split and join.
            var name = random.Next(names).ToString(CultureInfo.InvariantCulture);
            if (random.Next(10) < (step / 6_000 % 2 == 0 ? 8 : 1))
            {
                var value = Tree(random.Next(1000).ToString(CultureInfo.InvariantCulture));
                model[name] = value;
                tree = tree.With(name, value);
            }
            else
            {
                Assert.Equal(model.TryGetValue(name, out var expected), tree.TryGetMember(name, out var actual));
                Assert.Same(expected, actual);
                model.Remove(name);
                tree = tree.Without(name);
            }
        }

        AssertMatches(model, tree);
        foreach (var name in model.Keys.OrderBy(_ => random.Next()).ToArray())
        {
            tree = tree.Without(name);
        }

        Assert.Same(JsonTree.Empty, tree);
    }

    [Theory]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(48)]
    [InlineData(49)]
    [InlineData(768)]
    [InlineData(800)]
    [InlineData(50_000)]
    public void Parse_ManyMembers_EqualsOneByOne(int count)
    {
        var names = Enumerable.Range(0, count).Select(number => number.ToString("x5", CultureInfo.InvariantCulture)).ToArray();
        new Random(count).Shuffle(names);
        var read = Tree($"{{{string.Join(',', names.Select(name => $"\"{name}\":\"{name}\""))}}}");
        var made = names.Aggregate(JsonTree.Empty, (tree, name) => tree.With(name, Tree($"\"{name}\"")));

        Assert.Equal(count, read.Members.Count);
        Assert.All(names.Take(100), name => Assert.True(read.TryGetMember(name, out _)));
        Assert.Equal(made, read);
        Assert.Equal(made.ToUtf8Bytes(), read.ToUtf8Bytes());
        Assert.NotEqual(made, read.Without(names[0]));
    }

    [Fact]
    public void Join_FirstEntryHoldsLowerNames_StillFindsThem()
    {
        MemberMap page(string name) => new MemberPage([new(name, JsonTree.Null)]);
        var left = new MemberBranch([new("a", page("a")), new("c", page("c"))]);
        var right = new MemberBranch([new("m", page("k")), new("p", page("p"))]);

        var joined = left.Join("j", right);

        Assert.All(["a", "c", "k", "p"], name => Assert.NotNull(joined.Find(name)));
        Assert.Null(joined.Find("j"));
    }

    [Theory]
    [InlineData(2_000, 12)]
    [InlineData(1, 24_000)]
    public void Apply_SmallPatchOnMegabyte_CostsWhatThePatchWeighs(int groups, int members)
    {
        var member = (int number) => $"\"member{number}\":{{\"x\":{number},\"y\":\"text\"}}";
        var group = string.Join(',', Enumerable.Range(0, members).Select(member));
        var document = Tree($"{{{string.Join(',', Enumerable.Range(0, groups).Select(number => $"\"group{number}\":{{{group}}}"))}}}");
        Assert.InRange(document.Weight, 700_000, 1_500_000);
        var weight = document.Weight;
        var patch = Encoding.UTF8.GetBytes(
            $$$"""{"group{{{groups / 2}}}":{"member{{{members / 2}}}":{"x":null,"y":"changed"},"another":{"z":[1,2,3]}},"title":"another title"}""");
        var result = MergePatch.Apply(document, JsonTree.Parse(patch));

        var before = GC.GetAllocatedBytesForCurrentThread();
        result = MergePatch.Apply(document, JsonTree.Parse(patch));
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.InRange(allocated, 0, 12_000);
        Assert.Equal(weight, document.ToUtf8Bytes().Length);
        AssertSound(result);
        Assert.True(document.TryGetMember($"group{groups - 1}", out var untouched));
        Assert.Equal(groups > 1, result.TryGetMember($"group{groups - 1}", out var shared) && ReferenceEquals(untouched, shared));
    }

    private static void AssertMatches(SortedDictionary<string, JsonTree> model, JsonTree tree)
    {
        Assert.Equal(model.Count, tree.Members.Count);
        Assert.Equal(model.Keys, tree.Members.Select(member => member.Name));
        Assert.Equal(model.Values, tree.Members.Select(member => member.Value));
        AssertSound(tree);
    }
}
