using System.Diagnostics;

namespace RealtimeSessions.Benchmarks.Load;

/// <summary>Keeps patches in flight: an answer lets the next one go, until the time is over or enough were made.</summary>
internal sealed class ClosedLoop
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Lock _lock = new();
    private readonly Member[] _writers;
    private readonly bool _inTurn;
    private readonly Verdict _verdict;
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _until;
    private long _maximum;
    private long _sent;
    private long _answered;

    /// <param name="writers">Who writes.</param>
    /// <param name="inTurn">True: an answer to any lets the next one in turn write. False: everyone waits for his own answers.</param>
    /// <param name="verdict">Where failures are told.</param>
    public ClosedLoop(Member[] writers, bool inTurn, Verdict verdict)
    {
        (_writers, _inTurn, _verdict) = (writers, inTurn, verdict);
        foreach (var writer in writers)
        {
            writer.Answered = OnAnswered;
        }
    }

    /// <summary>Writes.</summary>
    /// <param name="inFlight">How many patches are in flight: of all writers together if they write in turn, else of each.</param>
    /// <param name="time">How long at most.</param>
    /// <param name="maximum">How many patches at most.</param>
    /// <returns>How many patches were made; all of them are answered.</returns>
    public async Task<long> RunAsync(int inFlight, TimeSpan time, long maximum = long.MaxValue)
    {
        _until = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
        _maximum = maximum;
        for (var i = 0; i < (_inTurn ? inFlight : inFlight * _writers.Length); i++)
        {
            Send(_writers[i % _writers.Length]);
        }

        await _verdict.WaitAsync(_done.Task, time + Patience);
        return _sent;
    }

    private void OnAnswered(Member writer)
    {
        lock (_lock)
        {
            _answered++;
        }

        Send(writer);
    }

    private void Send(Member writer)
    {
        lock (_lock)
        {
            if (_sent >= _maximum || Stopwatch.GetTimestamp() >= _until)
            {
                if (_answered == _sent)
                {
                    _done.TrySetResult();
                }

                return;
            }

            if (_inTurn)
            {
                writer = _writers[_sent % _writers.Length];
            }

            _sent++;
        }

        writer.SendPatch();
    }
}
