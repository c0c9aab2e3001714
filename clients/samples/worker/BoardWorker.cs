using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RealtimeSessions.Client;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;
using RealtimeSessions.Protocol.Requests;

namespace RealtimeSessions.Samples.Worker;

/// <summary>A member of the board like any other: keeps a summary in the data, and lays the notes out when it hears <c>tidy</c>.</summary>
internal sealed partial class BoardWorker(
    RealtimeClient client, WorkerOptions options, IHostApplicationLifetime program, ILogger<BoardWorker> logger) : BackgroundService
{
    private const string TidyEvent = "tidy";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await MakeBoardAsync(stoppingToken);
        var presence = new JoinSessionOptions { Presence = JsonTree.Empty.With("kind", JsonTree.From("worker")) };
        await using var board = await client.JoinSessionAsync(
            options.Application, options.Session, BoardJson.Default.Board, presence, stoppingToken);

        // Nothing here waits for the server: a change shows at once and is sent as soon as it can be. Where nothing changes, nothing is sent.
        using var changes = board.OnValue(_ => board.UpdateAsync(now => now.Summarized(), CancellationToken.None));
        using var tidy = board.OnEvent<SessionEventCreated>(next =>
        {
            if (next.Name == TidyEvent)
            {
                LogTidy(next.UserId);
                board.UpdateAsync(now => now.Tidied(), CancellationToken.None);
            }
        });
        using var refused = board.OnRefused(change => LogRefused(change.Error));
        var left = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var leaving = board.OnLeft(reason => left.TrySetResult(reason));

        LogJoined(options.Application, options.Session);
        _ = board.UpdateAsync(now => now.Summarized(), CancellationToken.None);
        LogLeft(await left.Task.WaitAsync(stoppingToken));
        program.StopApplication();
    }

    /// <summary>The board in the browser does the same: whoever comes first makes it.</summary>
    private Task MakeBoardAsync(CancellationToken cancellationToken) => client.CreateSessionAsync(
        new CreateSessionRequest
        {
            ApplicationId = options.Application,
            SessionId = options.Session,
            Name = "Board",
            Participants = [new Participant("everyone") { Type = ParticipantType.Group }],
            IfExists = IfExists.Return,
        },
        cancellationToken);

    [LoggerMessage(1, LogLevel.Information, "Joined {ApplicationId}/{SessionId}.")]
    private partial void LogJoined(string applicationId, string sessionId);

    [LoggerMessage(2, LogLevel.Information, "Tidied for {UserId}.")]
    private partial void LogTidy(string userId);

    [LoggerMessage(3, LogLevel.Warning, "A change was refused: {Error}")]
    private partial void LogRefused(Error error);

    [LoggerMessage(4, LogLevel.Warning, "The session was left: {Reason}.")]
    private partial void LogLeft(string reason);
}
