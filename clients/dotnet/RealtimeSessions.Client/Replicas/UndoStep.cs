using RealtimeSessions.Protocol.Data;

namespace RealtimeSessions.Client.Replicas;

/// <summary>What was at one path before an own patch.</summary>
/// <param name="Path">The names that lead there.</param>
/// <param name="Before">What was there; null: nothing.</param>
internal sealed record Leaf(string[] Path, JsonTree? Before);

/// <summary>What an own patch has touched: the leaves, and the objects that it made where nothing was.</summary>
/// <param name="leaves">The leaves; no path of one begins with another's.</param>
/// <param name="made">The paths of the objects, outer ones first.</param>
internal sealed class UndoStep(List<Leaf> leaves, List<string[]> made)
{
    /// <summary>Whether there is anything left to take back.</summary>
    public bool IsEmpty => leaves.Count == 0;

    /// <summary>Reads what a patch touches.</summary>
    /// <param name="before">The data before the patch.</param>
    /// <param name="patch">The patch, an object.</param>
    public static UndoStep Of(JsonTree before, JsonTree patch)
    {
        var (leaves, made) = (new List<Leaf>(), new List<string[]>());
        Collect(before, patch, [], leaves, made);
        return new UndoStep(leaves, made);
    }

    /// <summary>Forgets the leaves that stand at, above or below what another patch touches.</summary>
    public void Forget(UndoStep others) => leaves.RemoveAll(leaf => others.Touches(leaf.Path));

    /// <summary>The patch that takes back what is left.</summary>
    /// <param name="view">The data it will be applied to.</param>
    public JsonTree PatchFor(JsonTree view)
    {
        var patch = leaves.Aggregate(JsonTree.Empty, (patch, leaf) => Put(patch, leaf.Path, leaf.Before ?? JsonTree.Null));
        for (var i = made.Count - 1; i >= 0; i--)
        {
            if (Find(MergePatch.Apply(view, patch), made[i]) is { } left && left.Equals(JsonTree.Empty))
            {
                patch = Put(patch, made[i], JsonTree.Null);
            }
        }

        return patch;
    }

    private static void Collect(JsonTree before, JsonTree patch, string[] path, List<Leaf> leaves, List<string[]> made)
    {
        foreach (var (name, change) in patch.Members)
        {
            string[] here = [.. path, name];
            if (before.TryGetMember(name, out var old))
            {
                if (old.IsObject && change.IsObject)
                {
                    Collect(old, change, here, leaves, made);
                }
                else if (!old.Equals(change))
                {
                    leaves.Add(new Leaf(here, old));
                }
            }
            else if (MergePatch.Apply(JsonTree.Null, change) is { IsObject: true, Members.Count: > 0 } content)
            {
                made.Add(here);
                Collect(JsonTree.Empty, content, here, leaves, made);
            }
            else if (!change.IsNull)
            {
                leaves.Add(new Leaf(here, null));
            }
        }
    }

    private bool Touches(string[] path) => leaves.Exists(leaf =>
    {
        var common = Math.Min(leaf.Path.Length, path.Length);
        return leaf.Path.AsSpan(0, common).SequenceEqual(path.AsSpan(0, common));
    });

    private static JsonTree? Find(JsonTree tree, string[] path)
    {
        JsonTree? found = tree;
        foreach (var name in path)
        {
            found.TryGetMember(name, out found);
            if (found is null)
            {
                return null;
            }
        }

        return found;
    }

    private static JsonTree Put(JsonTree patch, ReadOnlySpan<string> path, JsonTree value)
    {
        if (path.IsEmpty)
        {
            return value;
        }

        patch.TryGetMember(path[0], out var inner);
        return patch.With(path[0], Put(inner is { IsObject: true } ? inner : JsonTree.Empty, path[1..], value));
    }
}
