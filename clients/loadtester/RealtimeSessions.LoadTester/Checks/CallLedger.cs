namespace RealtimeSessions.LoadTester.Checks;

/// <summary>
/// The calls of this run that make events of one session, from their sending until somebody was told of their event; and the places that answers have told, until the event
/// there came. Not thread-safe.
/// </summary>
internal sealed class CallLedger(string session, Findings findings)
{
    private readonly Dictionary<CallKey, (long DueAt, bool IsAcknowledged)> _expected = [];
    private readonly Dictionary<long, ulong> _claims = [];

    /// <summary>A call goes out.</summary>
    public void Sent(CallKey call, long dueAt) => _expected[call] = (dueAt, false);

    /// <summary>A call makes no event.</summary>
    public void MakesNothing(CallKey call) => _expected.Remove(call);

    /// <summary>A call was answered: if its event has not come yet, it must.</summary>
    public void Acknowledged(CallKey call)
    {
        if (_expected.TryGetValue(call, out var sent))
        {
            _expected[call] = sent with { IsAcknowledged = true };
        }
    }

    /// <summary>An event came.</summary>
    /// <returns>When its call was due; 0 if it is no call of this run.</returns>
    public long Came(CallKey call) => _expected.Remove(call, out var sent) ? sent.DueAt : 0;

    /// <summary>An answer tells the place of an event.</summary>
    public void Claim(long sequence, ulong id, RecentEvents events)
    {
        if (events.TryGet(sequence, out var track))
        {
            Check(sequence, id, track.Id);
        }
        else if (sequence > events.Head && !_claims.TryAdd(sequence, id))
        {
            findings.Add(Finding.Misplaced, () => $"Two answers in {session} tell of the place {sequence}.");
        }
    }

    /// <summary>An event came; somebody may have been told that it would stand here.</summary>
    public void CheckClaim(in EventTrack track)
    {
        if (_claims.Remove(track.Sequence, out var id))
        {
            Check(track.Sequence, id, track.Id);
        }
    }

    /// <summary>Nothing more comes.</summary>
    /// <param name="head">The last sequence of the server's log.</param>
    public void End(long head)
    {
        foreach (var (sequence, _) in _claims.Where(claim => claim.Key > head))
        {
            findings.Add(Finding.Misplaced, () => $"An answer in {session} told of the place {sequence}, and the log ends at {head}.");
        }

        var missing = _expected.Values.Count(sent => sent.IsAcknowledged);
        if (missing > 0)
        {
            findings.Add(Finding.Misplaced, () => $"In {session} the events of {missing} acknowledged calls came to nobody.", missing);
        }
    }

    private void Check(long sequence, ulong claimed, ulong found)
    {
        if (claimed != found)
        {
            findings.Add(Finding.Misplaced, () => $"An answer in {session} told of the place {sequence}, where another event stands.");
        }
    }
}
