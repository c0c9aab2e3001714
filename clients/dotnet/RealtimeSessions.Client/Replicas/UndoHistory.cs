using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;

namespace RealtimeSessions.Client.Replicas;

/// <summary>The own patches that can be taken back, latest last. Not thread-safe.</summary>
/// <param name="maximum">How many are kept.</param>
/// <param name="before">The data before a change that is not confirmed yet, as they stand now.</param>
internal sealed class UndoHistory(int maximum, Func<Change, JsonTree> before)
{
    // A step is read when its patch has its place in the order; until then it depends on what slides in beneath it.
    private readonly List<(Change Change, UndoStep? Step)> _steps = [];

    /// <summary>Whether a step has anything left.</summary>
    public bool CanUndo => _steps.Exists(entry => !StepOf(entry).IsEmpty);

    /// <summary>Notes an own patch.</summary>
    public void Add(Change change)
    {
        _steps.Add((change, null));
        if (_steps.Count > maximum)
        {
            _steps.RemoveAt(0);
        }
    }

    /// <summary>An own patch has its place in the order.</summary>
    /// <param name="change">The patch.</param>
    /// <param name="confirmed">The data before it.</param>
    public void Confirm(Change change, JsonTree confirmed)
    {
        var index = IndexOf(change);
        if (index < 0)
        {
            return;
        }

        var step = UndoStep.Of(confirmed, change.Patch!);
        if (step.IsEmpty)
        {
            _steps.RemoveAt(index);
        }
        else
        {
            _steps[index] = (change, step);
        }
    }

    /// <summary>Another's patch, or run of patches, comes after everything confirmed.</summary>
    /// <param name="confirmed">The data before it.</param>
    /// <param name="update">The patch.</param>
    public void Touch(JsonTree confirmed, SessionDataUpdated update)
    {
        if (_steps.Count == 0)
        {
            return;
        }

        if (update.Clear is { } clear)
        {
            Forget(UndoStep.Of(confirmed, clear));
            confirmed = MergePatch.Apply(confirmed, clear);
        }

        Forget(UndoStep.Of(confirmed, update.Data));
    }

    /// <summary>A patch can be taken back no longer.</summary>
    public void Drop(Change change)
    {
        var index = IndexOf(change);
        if (index >= 0)
        {
            _steps.RemoveAt(index);
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => _steps.Clear();

    /// <summary>The patch of the latest step that has an effect; those without one are forgotten on the way.</summary>
    /// <param name="view">The data as the application sees them.</param>
    /// <returns>Null if there is none.</returns>
    public JsonTree? Peek(JsonTree view)
    {
        for (; _steps is [.., var last]; Pop())
        {
            var patch = StepOf(last).PatchFor(view);
            if (!ReferenceEquals(MergePatch.Apply(view, patch), view))
            {
                return patch;
            }
        }

        return null;
    }

    /// <summary>Forgets the latest step: it is taken back.</summary>
    public void Pop() => _steps.RemoveAt(_steps.Count - 1);

    private void Forget(UndoStep others)
    {
        _steps.ForEach(entry => entry.Step?.Forget(others));
        _steps.RemoveAll(entry => entry.Step is { IsEmpty: true });
    }

    private UndoStep StepOf((Change Change, UndoStep? Step) entry) => entry.Step ?? UndoStep.Of(before(entry.Change), entry.Change.Patch!);

    private int IndexOf(Change change) => _steps.Count == 0 ? -1 : _steps.FindIndex(entry => entry.Change == change);
}
