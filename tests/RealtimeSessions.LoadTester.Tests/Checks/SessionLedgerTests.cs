using System.Text;
using RealtimeSessions.LoadTester.Checks;
using RealtimeSessions.LoadTester.Measure;
using RealtimeSessions.Protocol.Data;

namespace RealtimeSessions.LoadTester.Tests.Checks;

public sealed class SessionLedgerTests
{
    private readonly Findings _findings = new();
    private readonly LoadMeter _meter = new();
    private readonly SessionLedger _ledger;
    private readonly ReaderCheck _alice, _bob;

    public SessionLedgerTests()
    {
        _ledger = new SessionLedger("s", _findings, _meter, TimeProvider.System);
        (_alice, _bob) = (new ReaderCheck("alice", _findings), new ReaderCheck("bob", _findings));
        _ledger.Reset(_alice, "e", 1, JsonTree.Empty);
        _ledger.Reset(_bob, "e", 1, JsonTree.Empty);
    }

    [Fact]
    public void Take_TheSameForAll_FindsNothing()
    {
        Tell(_alice, 2, 3, 4);
        Tell(_bob, 2, 3, 4);
        End(4, """{"v":4}""");

        Assert.Equal(0, _findings.Total);
        Assert.Equal(6, _meter.Deliveries);
    }

    [Fact]
    public void Take_WithAGap_IsLost()
    {
        Tell(_alice, 2, 3, 4, 5);
        Tell(_bob, 2, 5);
        End(5, """{"v":5}""");

        AssertFound(Finding.Lost, 2);
        Assert.Equal(["bob misses events 3 to 4 before 5."], _findings.Texts);
    }

    [Fact]
    public void Take_Twice_IsDoubled()
    {
        Tell(_alice, 2, 3, 3, 2);

        AssertFound(Finding.Doubled, 2);
    }

    [Fact]
    public void Take_Late_IsOutOfOrderAndNotLost()
    {
        Tell(_alice, 2, 3, 4, 5);
        Tell(_bob, 2, 5, 4, 3);

        AssertFound(Finding.OutOfOrder, 2);
    }

    [Fact]
    public void Take_AnotherEventAtTheSamePlace_IsDifferent()
    {
        Tell(_alice, 2, 3);
        Tell(_bob, 2);
        Tell(_bob, 3, """{"v":"other"}""");

        AssertFound(Finding.Different, 1);
    }

    [Fact]
    public void Take_NothingAtTheEnd_IsLost()
    {
        Tell(_alice, 2, 3);
        Tell(_bob, 2);
        End(3, """{"v":3}""");

        AssertFound(Finding.Lost, 1);
    }

    [Fact]
    public void Take_BeforeAnyState_IsOutOfOrder()
    {
        Tell(new ReaderCheck("carol", _findings), 2);

        AssertFound(Finding.OutOfOrder, 1);
    }

    [Fact]
    public void TryTakeSame_InOtherBytesOrAnotherPlace_IsFalse()
    {
        Tell(_alice, 2, 3);

        Assert.False(_ledger.TryTakeSame(_bob, Wire(3)));
        Assert.True(_ledger.TryTakeSame(_bob, Wire(2)));
        Assert.False(_ledger.TryTakeSame(_bob, Wire(2)));
        Assert.False(_ledger.TryTakeSame(_bob, [.. Wire(3), 0]));
        Assert.True(_ledger.TryTakeSame(_bob, Wire(3)));
        Assert.False(_ledger.TryTakeSame(_bob, Wire(4)));
        Assert.Equal((3, 0, 4), (_ledger.LastOf(_bob), _findings.Total, _meter.Deliveries));
    }

    [Fact]
    public void Take_MoreThanIsRemembered_StillCompares()
    {
        for (var sequence = 2; sequence < 40_000; sequence++)
        {
            Tell(_alice, sequence);
            Tell(_bob, sequence, sequence == 39_000 ? """{"v":0}""" : null);
        }

        AssertFound(Finding.Different, 1);
    }

    [Fact]
    public void Reset_ToWhatTheEventsComeTo_FindsNothing()
    {
        Tell(_alice, 2, 3);
        _ledger.Reset(_bob, "e", 3, Data(3));
        Tell(_bob, 4);
        Tell(_alice, 4);

        Assert.Equal(0, _findings.Total);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void Reset_ToAnotherState_IsDifferent(int at)
    {
        Tell(_alice, 2, 3);
        _ledger.Reset(_bob, "e", at, Data(77));
        Tell(_alice, 4, 5);

        AssertFound(Finding.Different, 1);
    }

    [Fact]
    public void Reset_InAnotherEpoch_IsLost()
    {
        Tell(_alice, 2, 3);
        _ledger.Reset(_alice, "f", 2, Data(2));
        _ledger.Reset(_bob, "f", 2, Data(2));
        Tell(_alice, 3);
        Tell(_bob, 3);

        AssertFound(Finding.Lost, 1);
    }

    [Fact]
    public void Acknowledged_WhereTheEventStands_FindsNothing()
    {
        var (first, second) = (Send(1), Send(2));
        _ledger.Acknowledged(first, 2, Id(2));
        Tell(_alice, first, 2);
        Tell(_alice, second, 3);
        _ledger.Acknowledged(second, 3, Id(3));
        End(3, """{"v":3}""", _alice);

        Assert.Equal(0, _findings.Total);
        Assert.Equal(2, _meter.DeliveryLatency.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Acknowledged_WhereAnotherEventStands_IsMisplaced(bool answerFirst)
    {
        Tell(_alice, 2);
        var call = Send(1);
        if (!answerFirst)
        {
            Tell(_alice, call, 3);
        }

        _ledger.Acknowledged(call, 3, Id(99));
        if (answerFirst)
        {
            Tell(_alice, call, 3);
        }

        AssertFound(Finding.Misplaced, 1);
    }

    [Fact]
    public void Acknowledged_WithoutAnEvent_IsMisplaced()
    {
        _ledger.Acknowledged(Send(1), null, 0);
        _ledger.MakesNothing(Send(2));
        Send(3);
        End(1, "{}");

        AssertFound(Finding.Misplaced, 1);
    }

    [Fact]
    public void End_WithOtherDataOnTheServer_IsUnequal()
    {
        Tell(_alice, 2);
        End(2, """{"v":3}""", _alice);
        _ledger.CompareReplica(_alice, Data(3));
        _ledger.CompareReplica(_alice, Data(2));

        AssertFound(Finding.Unequal, 2);
    }

    private static byte[] Wire(long sequence) => Encoding.ASCII.GetBytes($"wire {sequence}");

    private static JsonTree Data(long value) => JsonTree.Parse($$"""{"v":{{value}}}""");

    private static ulong Id(long sequence) => (ulong)sequence * 7_919;

    private CallKey Send(long number)
    {
        var call = new CallKey(1, number);
        _ledger.Sent(call, TimeProvider.System.GetTimestamp());
        return call;
    }

    private void Tell(ReaderCheck reader, params long[] sequences)
    {
        foreach (var sequence in sequences)
        {
            Tell(reader, sequence, patch: null);
        }
    }

    private void Tell(ReaderCheck reader, CallKey call, long sequence) => Tell(reader, sequence, patch: null, call);

    private void Tell(ReaderCheck reader, long sequence, string? patch, CallKey call = default)
    {
        var data = Encoding.ASCII.GetBytes(patch ?? $$"""{"v":{{sequence}}}""");
        var view = new EventView
        {
            Sequence = sequence,
            Id = Id(sequence),
            Content = Id(sequence) ^ System.IO.Hashing.XxHash3.HashToUInt64(data),
            Call = call,
            Kind = EventKind.Patch,
            Data = data,
        };
        _ledger.Take(reader, view, Wire(sequence));
    }

    private void End(long head, string data, params ReaderCheck[] readers) =>
        _ledger.End(readers.Length == 0 ? [_alice, _bob] : readers, head, JsonTree.Parse(data));

    private void AssertFound(Finding finding, long times)
    {
        Assert.Equal((times, times), (_findings.Count(finding), _findings.Total));
    }
}
