using RealtimeSessions.Protocol.Data;
using RealtimeSessions.Server.Delivery.Presence.Peers;
using RealtimeSessions.Server.Delivery.Presence.Roster;
using static RealtimeSessions.Server.Tests.Support.Make;

namespace RealtimeSessions.Server.Tests.Delivery.Presence;

/// <summary>What servers tell each other, message by message.</summary>
public sealed class PresenceRosterTests
{
    private static readonly TimeSpan AliveInterval = TimeSpan.FromSeconds(10);

    private readonly List<PeerMessage> _sent = [];
    private readonly PresenceRoster _roster;
    private TimeSpan _now = TimeSpan.FromDays(1);

    public PresenceRosterTests() => _roster = new PresenceRoster("own", 1_000, AliveInterval, _sent.Add);

    [Fact]
    public void TellPeers_TheFirst_IsWholeAndThenChangesAreCounted()
    {
        _roster.Set("bob", "c1", Tree("""{"x":1}"""));
        _roster.TellPeers(_now);
        _roster.Set("bob", "c1", Tree("""{"x":2}"""));
        _roster.Set("carol", "c2", JsonTree.Empty);
        _roster.TellPeers(_now);
        _roster.TellPeers(_now);
        _roster.Set("bob", "c1", null);
        _roster.Set("carol", "c2", null);
        _roster.TellPeers(_now);
        _roster.Set("dora", "c3", JsonTree.Empty);
        _roster.TellPeers(_now);

        Assert.Equal(
            [
                new PeerWhole(1_001, 0, 1, Tree("""{"bob":{"c1":{"x":1}}}""")),
                new PeerChange(1_002, Tree("""{"bob":{"c1":{"x":2}},"carol":{"c2":{}}}""")),
                new PeerChange(1_003, Tree("""{"bob":null,"carol":null}""")),
                new PeerWhole(1_004, 0, 1, Tree("""{"dora":{"c3":{}}}""")),
            ],
            _sent);
    }

    [Fact]
    public void Advance_WhilePeopleAreThere_SaysSoAndThenNoMore()
    {
        _roster.Set("bob", "c1", JsonTree.Empty);
        _roster.TellPeers(_now);
        Assert.Equal(_now + AliveInterval, _roster.DueAt);
        _sent.Clear();

        Pass(AliveInterval - TimeSpan.FromMilliseconds(1));
        Assert.Empty(_sent);
        Pass(TimeSpan.FromMilliseconds(1));
        Pass(AliveInterval);
        Assert.Equal([new PeerAlive(1_001), new PeerAlive(1_001)], _sent);

        _roster.Set("bob", "c1", null);
        _roster.TellPeers(_now);
        _sent.Clear();
        Pass(TimeSpan.FromHours(1));
        Assert.Empty(_sent);
        Assert.Equal(TimeSpan.MaxValue, _roster.DueAt);
    }

    [Fact]
    public void Take_ChangesInOrderDoubledAndSwapped_AreAppliedOnceEach()
    {
        Take(new PeerWhole(5, 0, 1, Tree("""{"bob":{"c1":{"n":0}}}""")));
        Take(new PeerChange(6, Tree("""{"bob":{"c1":{"n":6}}}""")));
        Take(new PeerChange(6, Tree("""{"bob":{"c1":{"n":6}}}""")));
        Take(new PeerChange(8, Tree("""{"bob":{"c1":{"n":8}}}""")));
        Take(new PeerChange(9, Tree("""{"carol":{"c2":{}}}""")));
        Assert.Equal("""{"bob":{"c1":{"n":6}}}""", People());

        Take(new PeerChange(7, Tree("""{"bob":{"c1":{"n":7,"m":7}}}""")));
        Take(new PeerChange(5, Tree("""{"bob":null}""")));
        Take(new PeerWhole(6, 0, 1, JsonTree.Empty));

        Assert.Equal("""{"bob":{"c1":{"m":7,"n":8}},"carol":{"c2":{}}}""", People());
        Pass(TimeSpan.FromSeconds(10));
        Assert.Empty(_sent);
    }

    [Fact]
    public void Take_WithAGap_AsksOnceInAWhileUntilItIsTold()
    {
        Take(new PeerWhole(5, 0, 1, Tree("""{"bob":{"c1":{}}}""")));
        Take(new PeerChange(7, Tree("""{"carol":{"c2":{}}}""")));
        Pass(TimeSpan.FromMilliseconds(199));
        Assert.Empty(_sent);

        Pass(TimeSpan.FromMilliseconds(1));
        Pass(TimeSpan.FromSeconds(1.9));
        Assert.Equal([new PeerRequest("other")], _sent);
        Pass(TimeSpan.FromSeconds(0.1));
        Assert.Equal([new PeerRequest("other"), new PeerRequest("other")], _sent);

        Take(new PeerWhole(6, 0, 1, Tree("""{"dora":{"c3":{}}}""")));
        Assert.Equal("""{"carol":{"c2":{}},"dora":{"c3":{}}}""", People());
        Pass(TimeSpan.FromSeconds(20));
        Assert.Equal(2, _sent.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Take_FromAServerUnheardOf_Asks(bool isAlive)
    {
        Take(isAlive ? new PeerAlive(7) : new PeerChange(7, Tree("""{"bob":{"c1":{}}}""")));
        Assert.Equal("{}", People());

        Pass(TimeSpan.FromMilliseconds(200));

        Assert.Equal([new PeerRequest("other")], _sent);
    }

    [Fact]
    public void Take_TheWholeInParts_WaitsForAllOfOneVersion()
    {
        Take(new PeerWhole(7, 0, 2, Tree("""{"bob":{"c1":{}}}""")));
        Take(new PeerWhole(8, 1, 2, Tree("""{"carol":{"c3":{}}}""")));
        Take(new PeerWhole(7, 1, 2, Tree("""{"carol":{"c2":{}}}""")));
        Take(new PeerChange(9, Tree("""{"dora":{"c4":{}}}""")));
        Assert.Equal("{}", People());

        Take(new PeerWhole(8, 0, 2, Tree("""{"carol":{"c2":{}}}""")));

        Assert.Equal("""{"carol":{"c2":{},"c3":{}},"dora":{"c4":{}}}""", People());
    }

    [Fact]
    public void Take_WhatMakesNoSense_IsPassedOver()
    {
        Take(new PeerWhole(5, 0, 1, Tree("""{"bob":{"c1":{}}}""")));
        Take(new PeerWhole(6, 0, 1, JsonTree.Null));
        Take(new PeerChange(6, Tree("[]")));
        Take(new PeerWhole(6, 1, 1, JsonTree.Empty));
        Take(new PeerWhole(6, -1, 1, JsonTree.Empty));
        Take(new PeerWhole(6, 0, int.MaxValue, JsonTree.Empty));

        Assert.Equal("""{"bob":{"c1":{}}}""", People());
    }

    [Fact]
    public void Take_ARequest_IsAnsweredWithAllAndNotTooOften()
    {
        Take(new PeerRequest(null));
        Assert.Empty(_sent);
        _roster.Set("bob", "c1", JsonTree.Empty);
        _roster.TellPeers(_now);
        _sent.Clear();

        Pass(TimeSpan.FromSeconds(1));
        Take(new PeerRequest("another"));
        Assert.Empty(_sent);
        Take(new PeerRequest("own"));
        Take(new PeerRequest(null));
        Take(new PeerRequest(null));
        Assert.Equal([new PeerWhole(1_001, 0, 1, Tree("""{"bob":{"c1":{}}}"""))], _sent);

        Pass(TimeSpan.FromMilliseconds(500));
        Assert.Equal(2, _sent.Count);
        Pass(TimeSpan.FromSeconds(5));
        Assert.Equal(2, _sent.Count);
    }

    [Fact]
    public void Take_ARequestWhenEverybodyHasLeft_TellsThatNobodyIsThere()
    {
        _roster.Set("bob", "c1", JsonTree.Empty);
        _roster.TellPeers(_now);
        _roster.Set("bob", "c1", null);
        _roster.TellPeers(_now);
        Pass(TimeSpan.FromSeconds(1));
        _sent.Clear();

        Take(new PeerRequest(null));

        Assert.Equal([new PeerWhole(1_002, 0, 1, JsonTree.Empty)], _sent);
    }

    [Fact]
    public void Advance_AServerIsSilent_ItsPeopleLeave()
    {
        _roster.Set("bob", "own", JsonTree.Empty);
        Take(new PeerWhole(5, 0, 1, Tree("""{"bob":{"c1":{}},"carol":{"c2":{}}}""")));
        Pass(TimeSpan.FromSeconds(29));
        Take(new PeerAlive(5));
        Pass(TimeSpan.FromSeconds(29));
        Assert.Equal("""{"bob":{"c1":{},"own":{}},"carol":{"c2":{}}}""", People());

        Assert.Equal(_now + TimeSpan.FromSeconds(1), _roster.DueAt);
        Pass(TimeSpan.FromSeconds(1));

        Assert.Equal("""{"bob":{"own":{}}}""", People());
    }

    [Fact]
    public void Resume_AsksEverybodyAndTellsAll()
    {
        _roster.Set("bob", "c1", JsonTree.Empty);
        _roster.TellPeers(_now);
        Pass(TimeSpan.FromSeconds(1));
        _sent.Clear();

        _roster.Resume(_now);

        Assert.Equal([new PeerRequest(null), new PeerWhole(1_001, 0, 1, Tree("""{"bob":{"c1":{}}}"""))], _sent);
    }

    [Fact]
    public void Take_MoreAheadThanWaits_StillTakesWhatIsNext()
    {
        Take(new PeerWhole(0, 0, 1, JsonTree.Empty));
        for (var version = 200; version > 0; version--)
        {
            Take(new PeerChange(version, State(version)));
        }

        // Those that were kept wait for one that was not.
        Assert.Equal("""{"bob":{"c1":{"n":1}}}""", People());
        Pass(TimeSpan.FromMilliseconds(200));
        Assert.Equal([new PeerRequest("other")], _sent);
        Take(new PeerWhole(150, 0, 1, Tree("""{"bob":{"c1":{"n":150}}}""")));
        Assert.Equal("""{"bob":{"c1":{"n":200}}}""", People());
    }

    [Fact]
    public void IsNew_OfSignals_LeavesOutWhatWasOvertakenOrIsOnesOwn()
    {
        Assert.True(IsNew("other", 5));
        Assert.True(IsNew("other", 7));
        Assert.False(IsNew("other", 6));
        Assert.False(IsNew("other", 7));
        Assert.True(IsNew("third", 1));
        Assert.False(IsNew("own", 9));
        Pass(TimeSpan.FromSeconds(1));
        Assert.Empty(_sent);

        bool IsNew(string server, long number) => _roster.IsNew(server, new PeerSignal(number, default), _now);
    }

    private static JsonTree State(int n) => JsonTree.Empty.With("bob", JsonTree.Empty.With("c1", Tree($$"""{"n":{{n}} }""")));

    /// <summary>Who is there, as members are told.</summary>
    private string People()
    {
        _roster.TakeDifference();
        return _roster.Told.ToString();
    }

    private void Take(PeerMessage message) => _roster.Take("other", message, _now);

    private void Pass(TimeSpan time)
    {
        // As a timer does it: when something is due.
        for (var end = _now + time; _now < end;)
        {
            _now = _roster.DueAt < end ? _roster.DueAt : end;
            _roster.Advance(_now);
        }
    }
}
