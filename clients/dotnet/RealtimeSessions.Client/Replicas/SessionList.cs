using RealtimeSessions.Protocol;

namespace RealtimeSessions.Client.Replicas;

/// <summary>A page that is to be read: <c>ListSessions</c>.</summary>
/// <param name="limit">At most this many.</param>
/// <param name="cursor">Where it begins; null: with the newest.</param>
/// <param name="isAnew">Whether the list is read anew; else more of it.</param>
internal sealed class PageCall(int limit, string? cursor, bool isAnew)
{
    public int Limit => limit;

    public string? Cursor => cursor;

    public bool IsAnew => isAnew;
}

/// <summary>A session that is to be read, since only that tells whether the list has it: <c>GetSession</c>.</summary>
/// <param name="sessionId">The session.</param>
/// <param name="sequence">The event that raised the question: what is read has it.</param>
internal sealed class SessionCall(string sessionId, long sequence)
{
    public string SessionId => sessionId;

    public long Sequence => sequence;

    /// <summary>What was heard of the session since.</summary>
    public List<ApplicationEvent> Heard { get; } = [];
}

/// <summary>
/// A list of sessions, newest first, as far as it was loaded, kept up to date by the feed of their application. REPLICA.md (Lists of sessions) says how. Without clock,
/// network and randomness; not thread-safe.
/// </summary>
/// <param name="filter">Which sessions.</param>
/// <param name="limit">How many a page holds, 1 to 1,000.</param>
internal sealed class SessionList(SessionFilter filter, int limit)
{
    /// <summary>How many sessions the server gives in a page at most.</summary>
    private const int LargestPage = 1_000;

    /// <summary>How much may be heard while a page is read; beyond, it is read anew, since it will have all of that.</summary>
    private const int MaximumHeard = 10_000;

    private readonly Dictionary<string, SessionCall> _asked = [];
    private readonly List<PageCall> _pageCalls = [];
    private readonly List<SessionCall> _sessionCalls = [];
    private readonly List<ApplicationEvent> _heard = [];
    private Dictionary<string, Entry> _entries = [];
    private Dictionary<string, Entry> _anew = [];
    private PageCall? _page;
    private string? _cursor;
    private bool _isListed;
    private SessionListView? _view;

    /// <summary>The last one of the last page: what is older is not loaded. Null: all are loaded.</summary>
    private Session? _end;

    /// <summary>What is shown, the same object for as long as nothing has changed; null before it was first read.</summary>
    public SessionListView? View => _isListed ? _view ??= Look() : null;

    /// <summary>Whether nothing is to be read before it is right.</summary>
    public bool IsRight => _isListed && _page is not { IsAnew: true } && _asked.Count == 0;

    private int Wanted => Math.Max(limit, _entries.Count);

    /// <summary>The pages that are to be read since the last time, to read it anew.</summary>
    public IReadOnlyList<PageCall> TakePageCalls() => Take(_pageCalls);

    /// <summary>The sessions that are to be read since the last time.</summary>
    public IReadOnlyList<SessionCall> TakeSessionCalls() => Take(_sessionCalls);

    /// <summary>Reads it anew, as far as it was loaded; what was there stays shown until then.</summary>
    public void Begin()
    {
        _asked.Clear();
        _anew = [];
        _heard.Clear();
        Read(new PageCall(Math.Min(LargestPage, Wanted), cursor: null, isAnew: true));
    }

    /// <summary>The application wants the next page.</summary>
    /// <returns>What is to be read; null: there is none, or something is being read.</returns>
    public PageCall? More(int? most = null) =>
        _page is not null || _cursor is null ? null : _page = new PageCall(most ?? limit, _cursor, isAnew: false);

    /// <summary>The application's feed tells.</summary>
    public void OnEvent(ApplicationEvent next)
    {
        if (_page is not null)
        {
            _heard.Add(next);
            if (_heard.Count > MaximumHeard)
            {
                Begin();
            }
        }

        if (_page is not { IsAnew: true })
        {
            Apply(next);
        }
    }

    /// <summary>A page was read.</summary>
    public void OnPage(PageCall call, SessionPage page)
    {
        if (call != _page)
        {
            return;
        }

        var into = call.IsAnew ? _anew : _entries;
        foreach (var session in page.Sessions)
        {
            into.TryAdd(session.SessionId, new Entry(Share(session), Sequence: 0));
        }

        if (call.IsAnew && page.Cursor is not null && into.Count < Wanted)
        {
            Read(new PageCall(Math.Min(LargestPage, Wanted - into.Count), page.Cursor, isAnew: true));
            return;
        }

        ApplicationEvent[] heard = [.. _heard];
        Stop();
        (_entries, _cursor, _end) = (into, page.Cursor, page.Cursor is null ? null : page.Sessions[^1]);
        (_isListed, _view) = (true, null);
        foreach (var next in heard)
        {
            Apply(next);
        }
    }

    /// <summary>A session was read.</summary>
    /// <param name="call">The call.</param>
    /// <param name="session">The session; null: there is none, or it may not be read.</param>
    public void OnSession(SessionCall call, Session? session)
    {
        if (_asked.GetValueOrDefault(call.SessionId) != call)
        {
            return;
        }

        _asked.Remove(call.SessionId);
        if (session is not null)
        {
            Put(session, call.Sequence);
        }
        else
        {
            Remove(call.SessionId);
        }

        foreach (var next in call.Heard)
        {
            Apply(next);
        }
    }

    /// <summary>A page of more could not be read.</summary>
    public void OnFailed(PageCall call)
    {
        if (call == _page)
        {
            Stop();
        }
    }

    private void Read(PageCall call)
    {
        _page = call;
        _pageCalls.Add(call);
    }

    private void Stop()
    {
        _page = null;
        _heard.Clear();
        _anew = [];
    }

    /// <summary>Events may be older than what was listed: they say what is so in the end, whatever was there, so each does no harm.</summary>
    private void Apply(ApplicationEvent told)
    {
        var next = told.Event;
        var held = _entries.GetValueOrDefault(next.SessionId);
        var asked = _asked.GetValueOrDefault(next.SessionId);
        asked?.Heard.Add(told);
        if (held is not null && next.Sequence <= held.Sequence)
        {
            return;
        }

        if (next is SessionDeleted)
        {
            Remove(next.SessionId);
        }
        else if (told.Session is { } whole)
        {
            // That it was created says nothing new of one that is there.
            if (held is null || next is not SessionCreated)
            {
                Put(whole, next.Sequence);
            }
        }
        else if (held is not null)
        {
            Put(held.Session.After(next, next.CreatedAt), next.Sequence);
            Ask(next, asked is null && SessionFilter.CanHide(held.Session, next));
        }
        else
        {
            Ask(next, asked is null && filter.CanShow(next));
        }
    }

    private void Ask(SessionEvent next, bool isNeeded)
    {
        if (isNeeded)
        {
            var call = _asked[next.SessionId] = new SessionCall(next.SessionId, next.Sequence);
            _sessionCalls.Add(call);
        }
    }

    /// <summary>Shows a session in its place, if it is one of the list's that are loaded.</summary>
    private void Put(Session session, long sequence)
    {
        var isBeyond = _end is not null && SessionFilter.ByAge(session, _end) > 0;
        if (isBeyond || !filter.Matches(session))
        {
            Remove(session.SessionId);
            return;
        }

        var shared = Share(session);
        _view = _entries.GetValueOrDefault(session.SessionId)?.Session == (object)shared ? _view : null;
        _entries[session.SessionId] = new Entry(shared, sequence);
    }

    private void Remove(string sessionId) => _view = _entries.Remove(sessionId) ? null : _view;

    /// <summary>What is equal stays the same object.</summary>
    private Session Share(Session session) =>
        _entries.TryGetValue(session.SessionId, out var held) && SessionFilter.AreSame(held.Session, session) ? held.Session : session;

    private SessionListView Look()
    {
        var sessions = _entries.Values.Select(entry => entry.Session).ToList();
        sessions.Sort(SessionFilter.ByAge);
        return new SessionListView(sessions.AsReadOnly(), _cursor is not null);
    }

    private static T[] Take<T>(List<T> calls)
    {
        T[] taken = [.. calls];
        calls.Clear();
        return taken;
    }

    /// <summary>A session that is shown.</summary>
    /// <param name="Session">The session.</param>
    /// <param name="Sequence">The event up to which it is known to be true; 0: it was listed.</param>
    private sealed record Entry(Session Session, long Sequence);
}
