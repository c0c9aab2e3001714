using RealtimeSessions.Protocol.Data;
using RealtimeSessions.Server.Delivery.Presence.Roster;
using static RealtimeSessions.Server.Tests.Support.Make;

namespace RealtimeSessions.Server.Tests.Delivery.Presence;

public sealed class PeoplePartsTests
{
    [Fact]
    public void Cut_NobodyOrFew_IsOnePart()
    {
        Assert.Same(JsonTree.Empty, Assert.Single(PeopleParts.Cut(JsonTree.Empty)));
        var few = Tree("""{"bob":{"c1":{}}}""");
        Assert.Same(few, Assert.Single(PeopleParts.Cut(few)));
    }

    [Fact]
    public void Cut_ManyPeopleAndManyConnectionsOfOne_ComeToTheSameInAnyOrder()
    {
        var people = JsonTree.Empty;
        for (var i = 0; i < 300; i++)
        {
            people = people.With($"user-{i}", Connections(1 + (i % 3), 20));
        }

        people = people.With("user-150", Connections(400, 100)).With("user-9", Connections(1, 10_000));
        var parts = PeopleParts.Cut(people);

        Assert.All(parts, part => Assert.True(part.Weight <= PeopleParts.MaximumBytes || part.Members.Single().Value.Members.Count == 1));
        Assert.InRange(parts.Count, people.Weight / PeopleParts.MaximumBytes, 2 * people.Weight / PeopleParts.MaximumBytes);
        Assert.Equal(people, parts.Aggregate(JsonTree.Empty, MergePatch.Apply));
        Assert.Equal(people, parts.Reverse().Aggregate(JsonTree.Empty, MergePatch.Apply));
    }

    [Fact]
    public void Cut_OfAPatch_KeepsItsNulls()
    {
        var gone = JsonTree.Empty.With("bob", JsonTree.Empty);
        for (var i = 0; i < 2_000; i++)
        {
            gone = gone.With($"user-{i}", JsonTree.Null);
            gone.TryGetMember("bob", out var bob);
            gone = gone.With("bob", bob!.With($"connection-{i}", JsonTree.Null));
        }

        var parts = PeopleParts.Cut(gone);

        Assert.Equal(2_000, parts.Sum(part => part.Members.Count(member => member.Value.IsNull)));
        Assert.Equal(2_000, parts.Sum(part => part.TryGetMember("bob", out var bob) ? bob.Members.Count(member => member.Value.IsNull) : 0));
    }

    private static JsonTree Connections(int count, int weight) => Enumerable.Range(0, count).Aggregate(
        JsonTree.Empty, (all, i) => all.With($"connection-{i}", Tree($$"""{"text":"{{new string('x', weight)}}"}""")));
}
