using RealtimeSessions.Protocol.Data;

namespace RealtimeSessions.Client.Replicas;

/// <summary>The data as the application sees them: the confirmed ones with the own patches on top. Worked out when they are read. Not thread-safe.</summary>
/// <param name="confirmed">The confirmed data.</param>
/// <param name="changes">The own changes, oldest first.</param>
internal sealed class View(Func<JsonTree> confirmed, IReadOnlyList<Change> changes)
{
    private JsonTree? _data;

    public JsonTree Data => _data ??= Before(null);

    /// <summary>Lays the patch that was made last on top.</summary>
    public void Add(Change change) => _data = MergePatch.Apply(_data ?? Before(change), change.Patch!);

    /// <summary>What stands beneath has changed, or which patches stand on top of it.</summary>
    public void Rebase() => _data = null;

    /// <summary>Keeps what is seen now, though the changes end.</summary>
    public void Keep() => _data = Data;

    /// <summary>The data with the patches on top that are older than a change; with all of them if there is none.</summary>
    public JsonTree Before(Change? end)
    {
        var data = confirmed();
        foreach (var change in changes)
        {
            if (change == end)
            {
                break;
            }

            data = change.Patch is null ? data : MergePatch.Apply(data, change.Patch);
        }

        return data;
    }
}
