using System.Globalization;
using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;
using RealtimeSessions.Server.Sessions;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Sessions;

public sealed class SessionHistoryTests : LaneTest
{
    private const int Events = 400;

    internal override SessionsOptions Options { get; } = new() { RetainedEvents = 100 };

    internal override LogOptions Log { get; } = new() { SnapshotEvents = 37 };

    [Fact]
    public async Task GetDataAsync_AtEverySequence_IsTheFoldOrSaysFromWhereOnItIsKept()
    {
        var expected = await FillAsync();
        await Wait.UntilAsync(async () => await FirstAvailableAsync() > Events - 100 - 37);

        var refused = 0;
        for (var sequence = 1L; sequence <= Events; sequence++)
        {
            var first = await FirstAvailableAsync();
            var answer = await GetAsync(sequence);
            if (sequence < first - 1)
            {
                Assert.Equal(ErrorCode.NotRetained, answer.Error?.Code);
                Assert.InRange(answer.Error!.Details!["firstAvailable"]!.GetValue<long>(), first, await FirstAvailableAsync());
                refused++;
            }
            else
            {
                Assert.Equal((expected[sequence].Data, sequence, expected[sequence].DataSequence),
                    (answer.Value!.Data.ToString(), answer.Value.Position.Sequence, answer.Value.DataSequence));
            }
        }

        Assert.InRange(refused, Events - 100 - 37, Events - 101);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(long.MaxValue)]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task GetDataAsync_AtASequenceThatNoEventHas_IsAnInvalidArgument(long sequence)
    {
        var answer = await GetAsync(sequence);

        Assert.Equal("$.atSequence", answer.Error?.Details?["path"]?.GetValue<string>());
    }

    [Fact]
    public async Task GetDataAsync_WithoutASequence_IsTheDataAsTheyAre()
    {
        await Parts.PatchAsync(Board, """{"a":{"b":1}}""");
        await Parts.RingAsync(Board);

        var data = (await GetAsync(null)).Value!;

        Assert.Equal(("""{"a":{"b":1}}""", 3L, 2L), (data.Data.ToString(), data.Position.Sequence, data.DataSequence));
    }

    /// <summary>Patches, rings and renames.</summary>
    /// <returns>By sequence: the data after it, folded here, and where they changed last.</returns>
    private async Task<Dictionary<long, (string Data, long DataSequence)>> FillAsync()
    {
        var (random, data, changed) = (new Random(7), new SortedDictionary<string, string>(StringComparer.Ordinal), 0L);
        var states = new Dictionary<long, (string, long)> { [1] = ("{}", 0) };
        for (var sequence = 2L; sequence <= Events; sequence++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"m{random.Next(20)}");
            switch (random.Next(5))
            {
                case 0:
                    await Parts.RingAsync(Board);
                    break;
                case 1:
                    await Parts.RenameAsync(Board, name);
                    break;
                case 2:
                    await Parts.PatchAsync(Board, $$"""{"{{name}}":null}""");
                    data.Remove(name);
                    changed = sequence;
                    break;
                default:
                    await Parts.PatchAsync(Board, $$"""{"{{name}}":{{sequence}}}""");
                    data[name] = sequence.ToString(CultureInfo.InvariantCulture);
                    changed = sequence;
                    break;
            }

            states[sequence] = ($"{{{string.Join(',', data.Select(member => $"\"{member.Key}\":{member.Value}"))}}}", changed);
        }

        return states;
    }

    private Task<Result<SessionData>> GetAsync(long? sequence) => Parts.History.GetDataAsync(
        ServerParts.Bob, new GetSessionDataRequest { ApplicationId = Board.ApplicationId, SessionId = Board.SessionId, AtSequence = sequence });

    private async Task<long> FirstAvailableAsync() => (await Parts.Log.ReadAsync(Board.Log, 0, 0))!.Head.FirstAvailable;
}
