using RealtimeSessions.Client;
using RealtimeSessions.LoadTester.Identity;
using RealtimeSessions.LoadTester.Traces;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Requests;

namespace RealtimeSessions.LoadTester.Load;

/// <summary>What is done about sessions besides the load itself, by the first user.</summary>
/// <param name="target">The server.</param>
internal sealed class ControlClient(LoadTarget target) : IAsyncDisposable
{
    private readonly RealtimeClient _client = new(target.OptionsOf(target.Users[0]));

    /// <summary>Connects.</summary>
    /// <exception cref="LoadException">It cannot.</exception>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        await TokenCheck.RunAsync(target.Url, target.Tokens, target.Users[0], cancellationToken);
        try
        {
            await _client.ConnectAsync(cancellationToken);
        }
        catch (RealtimeException exception)
        {
            var reason = exception.InnerException?.Message ?? exception.Error.Text;
            throw new LoadException($"There is no connection with the hub at {target.Url} as {target.Users[0]}: {reason.TrimEnd('.')}. Does everything before the server let WebSockets through?", exception);
        }
    }

    /// <summary>Makes a session that all users take part in.</summary>
    /// <param name="sessionId">Its id.</param>
    /// <param name="name">Its name.</param>
    /// <param name="start">What it begins with; null: with nothing.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LoadException">It may not, or there is one.</exception>
    public async Task CreateAsync(string sessionId, string name, TraceStart? start, CancellationToken cancellationToken)
    {
        var users = target.Users.Skip(1).Select(user => new Participant(user)).ToArray();
        var others = (start?.Participants ?? []).Where(one => !(one.Type == ParticipantType.User && target.Users.Contains(one.Id)));
        var request = new CreateSessionRequest
        {
            ApplicationId = target.Application,
            SessionId = sessionId,
            Name = name,
            Description = start?.Description,
            Properties = start?.Properties,
            Participants = [.. users, .. others],
            Data = start?.Data,
        };
        try
        {
            await _client.CreateSessionAsync(request, cancellationToken);
        }
        catch (RealtimeException exception)
        {
            throw new LoadException($"{target.Users[0]} cannot make the session {sessionId} in {target.Application}: {exception.Message}", exception);
        }
    }

    /// <summary>What the server holds.</summary>
    /// <exception cref="RealtimeException">It does not tell.</exception>
    public Task<SessionData> GetDataAsync(string sessionId, CancellationToken cancellationToken) => _client.GetSessionDataAsync(
        new GetSessionDataRequest { ApplicationId = target.Application, SessionId = sessionId }, cancellationToken);

    /// <summary>Deletes a session, or closes it where the first user may not delete.</summary>
    /// <returns>What stays; null: nothing.</returns>
    public async Task<string?> RemoveAsync(string sessionId, CancellationToken cancellationToken)
    {
        var request = new ChangeSessionRequest { ApplicationId = target.Application, SessionId = sessionId };
        try
        {
            await _client.DeleteSessionAsync(request, cancellationToken);
            return null;
        }
        catch (RealtimeException exception) when (exception.Code == ErrorCode.SessionNotFound)
        {
            return null;
        }
        catch (RealtimeException exception)
        {
            await CloseAsync(request, cancellationToken);
            return $"{sessionId} ({exception.Code})";
        }
        catch (OperationCanceledException)
        {
            return $"{sessionId} (no answer)";
        }
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private async Task CloseAsync(ChangeSessionRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await _client.CloseSessionAsync(request, cancellationToken);
        }
        catch (Exception exception) when (exception is RealtimeException or OperationCanceledException)
        {
            // It is closed already, or may not be closed either.
        }
    }
}
