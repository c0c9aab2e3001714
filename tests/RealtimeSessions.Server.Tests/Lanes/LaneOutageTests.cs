using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Lanes;

/// <summary>Appends whose outcome is unknown. Waiting costs no time: the clock jumps.</summary>
public sealed class LaneOutageTests : LaneTest
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SubmitAsync_UnknownOutcomeOfNumberedChanges_AppendsEachOnceInOrder(bool tookEffect)
    {
        Parts.Time.Jumps = true;
        var origin = new Origin();
        Parts.Log.OnAppend = Once((appends, append) => FailAsync(appends, append, tookEffect));
        var answers = await Task.WhenAll(Enumerable.Range(1, 50)
            .Select(n => Parts.PatchAsync(Board, $$"""{"n":{{n}}}""", writer: ("w", n), origin: origin)));

        AssertAppended(answers);
        Assert.All(answers, answer => Assert.False(answer.Value!.Duplicate));
        Assert.Equal(Enumerable.Range(1, 50), await NumbersAsync());
        var ids = (await Parts.EventsAsync(Board)).Skip(1).Select(next => next.EventId).ToArray();
        Assert.Equal(ids, answers.Select(answer => answer.Value!.EventId!.Value));
        Assert.All(ids, id => Assert.True(origin.Expected[id]));
    }

    [Fact]
    public async Task SubmitAsync_UnknownOutcomeWithoutNumberThatTookEffect_IsFound()
    {
        Parts.Time.Jumps = true;
        Parts.Log.OnAppend = Once((appends, append) => FailAsync(appends, append, tookEffect: true));

        var answer = await Parts.PatchAsync(Board, """{"n":1}""");

        Assert.Null(answer.Error);
        Assert.Equal([1], await NumbersAsync());
    }

    [Fact]
    public async Task SubmitAsync_UnknownOutcomeWithoutNumber_IsUnavailableAndForgottenAndNeverSentAgain()
    {
        Parts.Time.Jumps = true;
        var origin = new Origin();
        var calls = 0;
        Parts.Log.OnAppend = (appends, append) =>
            ++calls == 1 ? FailAsync(appends, append, tookEffect: false) : append(appends);

        var answer = await Parts.PatchAsync(Board, """{"n":1}""", origin: origin);

        Assert.Equal(ErrorCode.Unavailable, answer.Error?.Code);
        Assert.False(Assert.Single(origin.Expected).Value);
        Assert.Equal(1, calls);
        AssertAppended([await Parts.PatchAsync(Board, """{"n":2}""")]);
        Assert.Equal([2], await NumbersAsync());
    }

    [Fact]
    public async Task SubmitAsync_FirstTryArrivesWhenTheSecondIsSent_AnswersWithItsOwnEvent()
    {
        Parts.Time.Jumps = true;
        IReadOnlyList<LogAppend> late = [];
        var calls = 0;
        Parts.Log.OnAppend = async (appends, append) =>
        {
            switch (++calls)
            {
                case 1:
                    late = appends;
                    throw new EngineUnavailableException("The connection broke.");
                case 2:
                    await append(late);
                    return await append(appends);
                default:
                    return await append(appends);
            }
        };

        var answer = await Parts.PatchAsync(Board, """{"n":1}""", writer: ("w", 1));

        Assert.False(answer.Value!.Duplicate);
        Assert.Equal((await Parts.EventsAsync(Board))[^1].EventId, answer.Value.EventId);
        Assert.Equal([1], await NumbersAsync());
    }

    [Fact]
    public async Task SubmitAsync_RepeatedUnderItsNumber_IsADuplicateAndAHigherOneAGap()
    {
        var origin = new Origin();
        var first = await Parts.PatchAsync(Board, """{"n":1}""", writer: ("w", 1));
        var again = await Parts.PatchAsync(Board, """{"n":1}""", writer: ("w", 1), origin: origin);
        var gap = await Parts.PatchAsync(Board, """{"n":3}""", writer: ("w", 3));

        Assert.Equal((true, first.Value!.Position, first.Value.EventId), (again.Value!.Duplicate, again.Value.Position, again.Value.EventId));
        Assert.False(Assert.Single(origin.Expected).Value);
        Assert.Equal(ErrorCode.WriterGap, gap.Error?.Code);
        Assert.Equal(2, gap.Error!.Details!["expected"]!.GetValue<long>());
        Assert.Equal([1], await NumbersAsync());
    }

    [Fact]
    public async Task SubmitAsync_EngineFailsOtherwise_IsInternalAndTheLaneGoesOn()
    {
        Parts.Log.OnAppend = Once((_, _) => throw new InvalidDataException("A bug."));

        var answer = await Parts.PatchAsync(Board, """{"n":1}""");

        Assert.Equal(ErrorCode.Internal, answer.Error?.Code);
        Assert.DoesNotContain("bug", answer.Error!.ToString(), StringComparison.Ordinal);
        Assert.Single(Parts.Logs.Errors);
        Parts.Logs.Clear();
        AssertAppended([await Parts.PatchAsync(Board, """{"n":2}""")]);
    }

    private static async Task<IReadOnlyList<AppendResult>> FailAsync(
        IReadOnlyList<LogAppend> appends, Func<IReadOnlyList<LogAppend>, Task<IReadOnlyList<AppendResult>>> append, bool tookEffect)
    {
        if (tookEffect)
        {
            await append(appends);
        }

        throw new EngineUnavailableException("The connection broke.");
    }
}
