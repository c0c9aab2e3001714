using RealtimeSessions.EventLog;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;
using RealtimeSessions.Server.Delivery.Channels;
using RealtimeSessions.Server.Delivery.Frames;
using RealtimeSessions.Server.Sessions;

namespace RealtimeSessions.Server.Delivery.Sessions;

/// <summary>
/// Makes one event of each uninterrupted run of patches: what the run comes to, under the id, the user and the times of its last event. Other
/// events keep their place. A member's own patches count within a run, since the run stands for the whole of its sequences.
/// </summary>
/// <param name="key">The session.</param>
/// <param name="encoder">The protocol that the member is written to in.</param>
internal sealed class PatchConflation(SessionKey key, FrameEncoder encoder) : IConflation
{
    /// <summary>What is gathered at most, by its weight. What a run comes to weighs no more than all that its patches name.</summary>
    private const int MaximumBytes = 4 * 1024 * 1024;

    private readonly List<(long Sequence, byte[]? Frame)> _done = [];
    private PatchRun _run = PatchRun.Empty;
    private SessionChannelEvent? _last;
    private long _runFrom;
    private int _doneBytes;
    private bool _hasCustom;

    public bool IsEmpty => _done.Count == 0 && _last is null;

    public bool IsFull => Bytes >= MaximumBytes;

    private int Bytes => _doneBytes + (_last is null ? 0 : _run.Data.Weight + (_run.Clear?.Weight ?? 0));

    public bool IsWorthLessThanState(int stateBytes) => !_hasCustom && Bytes > stateBytes;

    public void Prepare(ChannelEvent next) => _ = ((SessionChannelEvent)next).Patch;

    public void Add(ChannelEvent next, bool isLeftOut)
    {
        var source = (SessionChannelEvent)next;
        if (source.Patch is { } patch)
        {
            if (isLeftOut && _last is null)
            {
                return;
            }

            (_runFrom, _last) = (_last is null ? next.Sequence : _runFrom, source);
            _run = _run.Add(patch);
            return;
        }

        EndRun();
        if (!isLeftOut)
        {
            var frame = source.FrameFor(encoder);
            _done.Add((next.Sequence, frame));
            _doneBytes += frame?.Length ?? 0;
            _hasCustom |= source.IsCustom;
        }
    }

    public IReadOnlyList<(long Sequence, byte[]? Frame)> Take()
    {
        EndRun();
        (long, byte[]?)[] taken = [.. _done];
        Clear();
        return taken;
    }

    public void Clear()
    {
        _done.Clear();
        (_run, _last, _doneBytes, _hasCustom) = (PatchRun.Empty, null, 0, false);
    }

    private void EndRun()
    {
        if (_last is null)
        {
            return;
        }

        var frame = _last.Sequence == _runFrom ? _last.FrameFor(encoder)! : SessionCallbacks.Event(encoder, key, Conflated(_last));
        _done.Add((_last.Sequence, frame));
        _doneBytes += frame.Length;
        (_run, _last) = (PatchRun.Empty, null);
    }

    private LogEvent Conflated(SessionChannelEvent last) => last.Stored with
    {
        Payload = SessionEventJson.Store(
            (SessionDataUpdated)SessionEventJson.Read(last.Stored) with { Data = _run.Data, Clear = _run.Clear, FromSequence = _runFrom }),
    };
}
