using RealtimeSessions.Protocol.Data;
using RealtimeSessions.Server.Delivery.Presence.Roster;
using static RealtimeSessions.Server.Tests.Support.Make;

namespace RealtimeSessions.Server.Tests.Delivery.Presence;

public sealed class PeopleLedgerTests
{
    private readonly PeopleLedger _ledger = new();

    [Fact]
    public void TakeDifference_AfterEachKindOfChange_IsItsSmallestPatch()
    {
        _ledger.Set("bob", "c1", Tree("""{"x":1,"y":1}"""));
        AssertDifference("""{"bob":{"c1":{"x":1,"y":1}}}""");

        _ledger.Set("bob", "c2", JsonTree.Empty);
        AssertDifference("""{"bob":{"c2":{}}}""");

        _ledger.Set("bob", "c1", Tree("""{"y":1,"z":[null]}"""));
        AssertDifference("""{"bob":{"c1":{"x":null,"z":[null]}}}""");

        _ledger.Set("bob", "c1", null);
        AssertDifference("""{"bob":{"c1":null}}""");

        _ledger.Set("bob", "c2", null);
        _ledger.Set("alice", "c3", JsonTree.Empty);
        AssertDifference("""{"alice":{"c3":{}},"bob":null}""");

        Assert.Equal("""{"alice":{"c3":{}}}""", _ledger.Present.ToString());
        Assert.Null(_ledger.TakeDifference());
    }

    [Fact]
    public void TakeDifference_AfterAChangeAndBack_IsNone()
    {
        _ledger.Set("bob", "c1", Tree("""{"x":1}"""));
        _ledger.TakeDifference();

        _ledger.Set("bob", "c1", null);
        _ledger.Set("carol", "c2", JsonTree.Empty);
        Assert.True(_ledger.IsDirty);
        _ledger.Set("carol", "c2", null);
        _ledger.Set("bob", "c1", Tree("""{"x":1}"""));

        Assert.Null(_ledger.TakeDifference());
        Assert.False(_ledger.IsDirty);
    }

    [Fact]
    public void Set_WhatIsThereOrIsNotThere_ChangesNothing()
    {
        var state = Tree("""{"x":1}""");
        _ledger.Set("bob", "c1", state);
        _ledger.TakeDifference();

        _ledger.Set("bob", "c1", state);
        _ledger.Set("bob", "c9", null);
        _ledger.Set("nobody", "c9", null);

        Assert.False(_ledger.IsDirty);
    }

    [Fact]
    public void Replace_OfWhatOneServerEntered_LeavesTheRest()
    {
        _ledger.Set("bob", "own", JsonTree.Empty);
        var first = Tree("""{"bob":{"b1":{},"b2":{"x":1}},"carol":{"c1":{}}}""");
        _ledger.Replace(JsonTree.Empty, first);
        Assert.Equal("""{"bob":{"b1":{},"b2":{"x":1},"own":{}},"carol":{"c1":{}}}""", _ledger.Present.ToString());

        var second = Tree("""{"bob":{"b2":{"x":2}},"dora":{"d1":{}}}""");
        _ledger.Replace(first, second);
        Assert.Equal("""{"bob":{"b2":{"x":2},"own":{}},"dora":{"d1":{}}}""", _ledger.Present.ToString());

        _ledger.Replace(second, JsonTree.Empty);
        Assert.Equal("""{"bob":{"own":{}}}""", _ledger.Present.ToString());
    }

    private void AssertDifference(string expected)
    {
        var before = _ledger.Told;
        var difference = _ledger.TakeDifference();
        Assert.Equal(expected, difference?.ToString());
        Assert.Equal(_ledger.Present, MergePatch.Apply(before, difference!));
    }
}
