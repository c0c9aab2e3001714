using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Sessions;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Sessions;

public sealed class SessionFoldTests
{
    private static readonly SessionFold Fold = SessionFold.Instance;

    [Fact]
    public void Apply_Created_IsTheSessionWithEmptyData()
    {
        var state = Of(Make.Created(new Participant("bob")));

        Assert.Equal("Board", state.Info.Name);
        Assert.Equal(["bob"], state.Info.Participants.Select(participant => participant.Id));
        Assert.Equal("{}", state.Data.ToString());
        Assert.Equal((0, 1), (state.DataSequence, state.RightsSequence));
    }

    [Fact]
    public void Apply_Patch_MergesAndRemembersWhere()
    {
        var state = Of(Make.Created(), Make.Patched("""{"a":{"x":1,"y":[]}}"""), Make.Patched("""{"a":{"x":null},"b":2}"""));

        Assert.Equal("""{"a":{"y":[]},"b":2}""", state.Data.ToString());
        Assert.Equal((3, 1), (state.DataSequence, state.RightsSequence));
    }

    [Fact]
    public void Apply_Patch_KeepsTheDigitsOfNumbers()
    {
        var state = Of(Make.Created(), Make.Patched("""{"large":12345678901234567890,"small":1.10}"""));

        Assert.Equal("""{"large":12345678901234567890,"small":1.10}""", state.Data.ToString());
    }

    [Fact]
    public void Apply_CustomEvent_ChangesNothing()
    {
        var before = Of(Make.Created());

        Assert.Same(before, Fold.Apply(before, Make.Stored(2, Make.Custom("bell", "[1]"))));
    }

    [Fact]
    public void Apply_Closed_SetsStatusAndWhoAndWhen()
    {
        var state = Of(Make.Created(), Make.Patched("""{"a":1}"""), Make.Closed("alice"));

        Assert.Equal(SessionStatus.Closed, state.Info.Status);
        Assert.Equal(("alice", Make.Noon.AddSeconds(3)), (state.Info.ModifiedBy, state.Info.ModifiedAt));
        Assert.Equal(2, state.DataSequence);
    }

    [Fact]
    public void Apply_SameEventsTwice_GivesEqualStatesAndLeavesTheFirstAlone()
    {
        var first = Of(Make.Created(), Make.Patched("""{"a":1}"""));
        var text = first.Data.ToString();

        var second = Fold.Apply(first, Make.Stored(3, Make.Patched("""{"a":2}""")));
        var again = Fold.Apply(first, Make.Stored(3, Make.Patched("""{"a":2}""")));

        Assert.Equal(text, first.Data.ToString());
        Assert.Equal(second, again);
    }

    [Fact]
    public void Serialize_AndBack_GivesTheSameState()
    {
        var state = Of(
            Make.Created(new Participant("bob"), new Participant("designers") { Type = ParticipantType.Group, Role = "Viewer" }),
            Make.Patched("""{"n":1.10,"e":[],"o":{},"t":"ü\"<>"}"""),
            Make.Closed());

        var back = Fold.Deserialize(Fold.Serialize(state));

        Assert.Equal(Fold.Serialize(state).ToArray(), Fold.Serialize(back).ToArray());
        Assert.Equal(state.Data, back.Data);
        Assert.Equal((state.DataSequence, state.RightsSequence), (back.DataSequence, back.RightsSequence));
        Assert.Equal(state.Info.Participants, back.Info.Participants);
        Assert.Equal(state.Info.Properties, back.Info.Properties);
    }

    private static SessionState Of(params SessionEvent[] events)
    {
        SessionState? state = null;
        for (var i = 0; i < events.Length; i++)
        {
            state = Fold.Apply(state, Make.Stored(i + 1, events[i]));
        }

        return state!;
    }
}
