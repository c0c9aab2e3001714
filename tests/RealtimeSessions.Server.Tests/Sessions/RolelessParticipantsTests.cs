using Microsoft.Extensions.Logging;
using RealtimeSessions.Protocol;
using RealtimeSessions.Server.Applications;
using RealtimeSessions.Server.Identity;
using RealtimeSessions.Server.Sessions;
using RealtimeSessions.Server.Tests.Support;

namespace RealtimeSessions.Server.Tests.Sessions;

public sealed class RolelessParticipantsTests
{
    private static readonly Caller Dora = new("dora", [Caller.Everyone, "designers"]);
    private static readonly ApplicationModel Demo = new(
        new Application { ApplicationId = "demo", Name = "Demo", CreatedBy = "alice", CreatedAt = Make.Noon }, DefaultRoles.For("alice"));

    private readonly List<string> _logged = [];
    private readonly RolelessParticipants _roleless;

    public RolelessParticipantsTests() => _roleless = new RolelessParticipants(new Logger(_logged));

    [Theory]
    [InlineData("dora", ParticipantType.User)]
    [InlineData("designers", ParticipantType.Group)]
    public void Note_AParticipantWithoutARole_SaysSoOnce(string id, ParticipantType type)
    {
        var session = Make.Session(new Participant(id) { Type = type });
        Parallel.For(0, 20, _ => _roleless.Note(Demo, session, Dora));
        _roleless.Note(Demo, session with { SessionId = "other" }, Dora);

        Assert.Contains("dora", Assert.Single(_logged), StringComparison.Ordinal);
        _roleless.Note(Demo, session with { ApplicationId = "other" }, Dora);
        Assert.Equal(2, _logged.Count);
    }

    [Fact]
    public void Note_SomebodyElse_SaysNothing()
    {
        _roleless.Note(Demo, Make.Session(new Participant("bob")), Dora);
        _roleless.Note(Demo, Make.Session(new Participant("alice")), new Caller("alice", []));
        _roleless.Note(Demo, session: null, Dora);
        _roleless.Note(application: null, Make.Session(new Participant("dora")), Dora);

        Assert.Empty(_logged);
    }

    [Fact]
    public async Task ReadAsync_AParticipantWithoutARole_FindsNothing()
    {
        await using var parts = await ServerParts.StartAsync();
        var board = await parts.CreateAsync("board", new Participant("dora"), new Participant("erik") { Role = "Viewer" });

        Assert.Equal(ErrorCode.ApplicationNotFound, (await parts.Reader.GetAsync(Dora, board)).Error?.Code);
        Assert.Null((await parts.Reader.GetAsync(new Caller("erik", []), board)).Error);
    }

    private sealed class Logger(List<string> logged) : ILogger<RolelessParticipants>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (logged)
            {
                logged.Add(formatter(state, exception));
            }
        }
    }
}
