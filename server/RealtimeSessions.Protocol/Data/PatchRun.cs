namespace RealtimeSessions.Protocol.Data;

/// <summary>
/// What a run of patches comes to: at most two patches, <see cref="Clear"/> and then <see cref="Data"/>, that give on every object
/// what the patches of the run give one after the other. Immutable.
/// </summary>
/// <remarks>
/// One patch is not always enough: <c>{"a": 1}</c> followed by <c>{"a": {"b": 2}}</c> leaves nothing in <c>a</c> but <c>b</c>, and a
/// patch with an object in <c>a</c> keeps what the target has there. So the object is cleared away first.
/// </remarks>
public sealed class PatchRun
{
    private PatchRun(JsonTree? clear, JsonTree data) => (Clear, Data) = (clear, data);

    /// <summary>The run of no patches.</summary>
    public static PatchRun Empty { get; } = new(null, JsonTree.Empty);

    /// <summary>
    /// The patch to be applied before <see cref="Data"/>: nulls in objects, at paths where the data has objects. <c>null</c> if none is
    /// needed. It is null as a whole where the run held a scalar or an array as a whole and an object after it.
    /// </summary>
    public JsonTree? Clear { get; }

    /// <summary>The patch that brings what the run brings.</summary>
    public JsonTree Data { get; }

    /// <summary>The run with one more patch at its end. Costs what the patch weighs.</summary>
    public PatchRun Add(JsonTree patch)
    {
        if (ReferenceEquals(Data, JsonTree.Empty) && Clear is null)
        {
            return new PatchRun(null, patch);
        }

        var (clear, data) = Append(Clear, Data, patch);
        return new PatchRun(clear, data);
    }

    /// <summary>Applies the run.</summary>
    public JsonTree ApplyTo(JsonTree target) => MergePatch.Apply(Clear is null ? target : MergePatch.Apply(target, Clear), Data);

    /// <summary>Appends at one path.</summary>
    /// <param name="clear">What the run clears there: nothing, all (null), or at paths below (an object).</param>
    /// <param name="data">What the run brings there.</param>
    /// <param name="patch">What the patch has there.</param>
    private static (JsonTree? Clear, JsonTree Data) Append(JsonTree? clear, JsonTree data, JsonTree patch)
    {
        if (!patch.IsObject)
        {
            return (null, patch);
        }

        if (!data.IsObject || clear is { IsNull: true })
        {
            // Whatever the target is, the data alone stands here when the patch comes.
            return (JsonTree.Null, MergePatch.Apply(data, patch));
        }

        foreach (var (name, change) in patch.Members)
        {
            if (!data.TryGetMember(name, out var old))
            {
                data = data.With(name, change);
                continue;
            }

            JsonTree? cleared = null;
            clear?.TryGetMember(name, out cleared);
            (cleared, var value) = Append(cleared, old, change);
            data = data.With(name, value);
            clear = Put(clear, name, cleared);
        }

        return (clear, data);
    }

    private static JsonTree? Put(JsonTree? clear, string name, JsonTree? cleared)
    {
        clear = cleared is null ? clear?.Without(name) : (clear ?? JsonTree.Empty).With(name, cleared);
        return ReferenceEquals(clear, JsonTree.Empty) ? null : clear;
    }
}
