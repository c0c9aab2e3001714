using System.CommandLine;
using System.Globalization;
using RealtimeSessions.Client;
using RealtimeSessions.LoadTester.Identity;
using RealtimeSessions.LoadTester.Load;
using RealtimeSessions.LoadTester.Recording;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;
using Spectre.Console;

namespace RealtimeSessions.LoadTester.Commands;

/// <summary><c>record</c>: a session's log, or those of an application, as traces.</summary>
internal sealed class RecordCommand
{
    private const string Extension = ".trace.jsonl.gz";
    private const int PageSize = 1_000;

    private readonly TargetOptions _target = new();
    private readonly Option<string?> _session = new("--session", "-s") { Description = "The session. Default: every session of the application that the first user may read" };

    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description = "The trace, compressed if its name ends in .gz (default: the session's id with .trace.jsonl.gz); without --session the folder for the traces (default: the application's id)",
    };

    /// <summary>The command.</summary>
    public Command Create(IAnsiConsole console, TimeProvider time)
    {
        var command = new Command("record", "Write a session's log, or those of a whole application, as traces") { _session, _output };
        _target.AddTo(command, withLoad: false);
        command.SetAction((line, cancellationToken) => RunAsync(line, console, time, cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(ParseResult line, IAnsiConsole console, TimeProvider time, CancellationToken cancellationToken)
    {
        var (target, output) = (_target.Bind(line, time), line.GetValue(_output));
        await ServerInfoClient.GetAsync(target.Url, cancellationToken);
        await TokenCheck.RunAsync(target.Url, target.Tokens, target.Users[0], cancellationToken);
        await using var client = new RealtimeClient(target.OptionsOf(target.Users[0]));
        var recorder = new SessionRecorder(client, target.Application);
        try
        {
            if (line.GetValue(_session) is { } session)
            {
                await RecordAsync(recorder, console, session, output ?? $"{session}{Extension}", cancellationToken);
                return ExitCodes.Held;
            }

            var folder = Directory.CreateDirectory(output ?? target.Application).FullName;
            foreach (var id in await ListAsync(client, target, cancellationToken))
            {
                await RecordAsync(recorder, console, id, Path.Combine(folder, $"{id}{Extension}"), cancellationToken);
            }

            return ExitCodes.Held;
        }
        catch (RealtimeException exception)
        {
            throw new LoadException($"{target.Users[0]} cannot record in {target.Application}: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LoadException($"The traces cannot be written: {exception.Message}", exception);
        }
    }

    private static async Task RecordAsync(SessionRecorder recorder, IAnsiConsole console, string session, string file, CancellationToken cancellationToken)
    {
        var recorded = await WatchAsync(console, session, progress => recorder.RecordAsync(session, file, progress, cancellationToken));
        var edge = recorded.From is { } from
            ? string.Create(CultureInfo.InvariantCulture, $" The log begins at {from:N0}, since retention has removed what was before; the trace starts from the data there.")
            : "";
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{session}: {recorded.Calls:N0} calls in {recorded.File}.{edge}"));
    }

    /// <summary>Shows how far it is, where there is somebody to see it.</summary>
    private static async Task<RecordedSession> WatchAsync(IAnsiConsole console, string session, Func<Action<long, long>, Task<RecordedSession>> record)
    {
        if (!console.Profile.Capabilities.Interactive)
        {
            return await record((_, _) => { });
        }

        return await console.Status().StartAsync(Text(0, 0), status => record((read, all) => status.Status = Text(read, all)));

        string Text(long read, long all) => Markup.Escape(string.Create(CultureInfo.InvariantCulture, $"Recording {session}: {read:N0} of {all:N0} events"));
    }

    private static async Task<IReadOnlyList<string>> ListAsync(RealtimeClient client, LoadTarget target, CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        foreach (var status in Enum.GetValues<SessionStatus>())
        {
            string? cursor = null;
            do
            {
                var page = await client.ListSessionsAsync(
                    new ListSessionsRequest { ApplicationId = target.Application, Status = status, Limit = PageSize, Cursor = cursor }, cancellationToken);
                ids.AddRange(page.Sessions.Select(session => session.SessionId));
                cursor = page.Cursor;
            }
            while (cursor is not null);
        }

        return ids;
    }
}
