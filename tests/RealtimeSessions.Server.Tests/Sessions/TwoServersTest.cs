using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Sessions;

/// <summary>Two servers with one session, <c>board</c>; the other one knows it and can be made to fall behind.</summary>
public abstract class TwoServersTest : LaneTest
{
    internal ServerParts Other { get; private set; } = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Other = await Parts.StartOtherAsync();
        await Other.GetAsync(Board);
    }

    /// <summary>The other server is told of nothing that enters the log, until <see cref="CatchUp"/>.</summary>
    internal void FallBehind() => Other.Log.TailGate = new TaskCompletionSource();

    internal void CatchUp() => Other.Log.TailGate!.SetResult();

    /// <summary>Makes a change on the other server, which is behind, and lets it catch up when it has asked the log. Returns when it has.</summary>
    internal async Task<Result<Ack>> BehindAsync(Func<Task<Result<Ack>>> change)
    {
        var asked = new TaskCompletionSource();
        Other.Log.OnAppend = async (appends, append) =>
        {
            var results = await append(appends);
            asked.TrySetResult();
            return results;
        };
        var changing = change();
        await Task.WhenAny(asked.Task, changing);
        CatchUp();
        var answer = await changing;
        if (answer.TryGet(out var ack, out _))
        {
            using var lease = Other.Sessions.Rent(Board);
            await (await lease.Log.OpenAsync())!.WaitForAsync(ack.Position);
        }

        return answer;
    }
}
