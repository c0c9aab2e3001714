using RealtimeSessions.Client.Connecting;
using RealtimeSessions.Client.Live;
using RealtimeSessions.Client.Replicas;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;
using RealtimeSessions.Protocol.Requests;

namespace RealtimeSessions.Client.Sessions;

/// <summary>Who is in a session, and the state with which this client is shown there. Thread-safe.</summary>
/// <param name="key">The session.</param>
/// <param name="initial">The own state to join with; null: without presence.</param>
/// <param name="told">Whom it tells.</param>
internal sealed class LivePresence(SessionKey key, JsonTree? initial, Handlers<JsonTree> told)
{
    private readonly Lock _lock = new();
    private JsonTree _people = JsonTree.Empty;
    private JsonTree? _own = initial;
    private JsonTree? _accepted = initial;

    /// <summary>For each user's id an object, and in it for each of his connections' ids its state.</summary>
    public JsonTree People => Volatile.Read(ref _people);

    /// <summary>The own state, for the next join; null: without presence.</summary>
    public JsonTree? Own => Volatile.Read(ref _own);

    /// <summary>The whole is told.</summary>
    public void Replace(JsonTree people)
    {
        lock (_lock)
        {
            _people = people;
            told.Post(people);
        }
    }

    /// <summary>The difference is told.</summary>
    public void Update(JsonTree difference)
    {
        lock (_lock)
        {
            Replace(MergePatch.Apply(_people, difference));
        }
    }

    /// <summary>The server has taken a join with a state; what was made of it meanwhile follows.</summary>
    public void Accept(IHubLink link, JsonTree? state)
    {
        lock (_lock)
        {
            _accepted = state;
            if (state is not null && !ReferenceEquals(state, _own))
            {
                var patch = MergePatch.Difference(state, _own!);
                _ = FollowAsync(SendAsync(link, patch), state, patch).ContinueWith(
                    static sent => sent.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            }
        }
    }

    /// <summary>A join is refused: it may be for what was made of the own state meanwhile.</summary>
    /// <returns>True: that is taken back, and the join is worth another try.</returns>
    public bool TryTakeBack(Error error)
    {
        lock (_lock)
        {
            var isItsFault = (error.Code == ErrorCode.DataTooLarge || error.Code == ErrorCode.InvalidArgument) && !ReferenceEquals(_own, _accepted);
            _own = isItsFault ? _accepted : _own;
            return isItsFault;
        }
    }

    /// <summary>Changes the own state, now and for each join to come.</summary>
    /// <param name="link">Where the session is joined; null: nowhere, the next join tells it.</param>
    /// <param name="patch">A merge patch.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="RealtimeException">The server refuses it, and it is taken back; or the session was joined without presence.</exception>
    public async Task ChangeAsync(IHubLink? link, JsonTree patch, CancellationToken cancellationToken)
    {
        Task<Empty> sent;
        JsonTree before;
        lock (_lock)
        {
            before = _own ?? throw new RealtimeException(new Error(ErrorCode.NotJoined, "The session was joined without presence."));
            if (!patch.IsObject)
            {
                throw new RealtimeException(Error.InvalidArgument("$.state", "A state must be an object."));
            }

            _own = MergePatch.Apply(before, patch);
            if (link is null)
            {
                return;
            }

            sent = SendAsync(link, patch);
        }

        await FollowAsync(sent, before, patch).WaitAsync(cancellationToken);
    }

    private Task<Empty> SendAsync(IHubLink link, JsonTree patch) => link.InvokeAsync<Empty>(
        "UpdatePresence",
        new UpdatePresenceRequest { ApplicationId = key.ApplicationId, SessionId = key.SessionId, State = patch },
        CancellationToken.None);

    private async Task FollowAsync(Task<Empty> sent, JsonTree before, JsonTree patch)
    {
        try
        {
            await sent;
            lock (_lock)
            {
                _accepted = MergePatch.Apply(_accepted!, patch);
            }
        }
        catch (RealtimeException exception) when (exception.Code == ClientErrors.ConnectionFailed)
        {
            // The next join tells it.
        }
        catch (RealtimeException)
        {
            lock (_lock)
            {
                _own = MergePatch.Apply(_own!, MergePatch.Invert(before, patch));
            }

            throw;
        }
    }
}
