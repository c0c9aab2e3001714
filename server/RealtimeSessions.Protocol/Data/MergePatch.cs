using System.Diagnostics.CodeAnalysis;

namespace RealtimeSessions.Protocol.Data;

/// <summary>
/// JSON Merge Patch (RFC 7396): objects merge at every depth, arrays and scalars replace, null removes. All functions are pure and
/// share what the patch does not touch.
/// </summary>
public static class MergePatch
{
    /// <summary>Applies a patch.</summary>
    /// <param name="target">What is patched; it stays as it is.</param>
    /// <param name="patch">The patch.</param>
    /// <returns>The patched value; <paramref name="target"/> itself if the patch changes nothing.</returns>
    public static JsonTree Apply(JsonTree target, JsonTree patch)
    {
        if (patch is not ObjectTree changes)
        {
            return patch.Equals(target) ? target : patch;
        }

        if (target is not ObjectTree result)
        {
            return WithoutNulls(changes);
        }

        foreach (var (name, change) in changes.Members)
        {
            result.TryGetMember(name, out var old);
            result = result.Replace(name, old, change.IsNull ? null : Apply(old ?? JsonTree.Null, change));
        }

        return result;
    }

    /// <summary>Makes one patch of two.</summary>
    /// <param name="first">The patch applied first.</param>
    /// <param name="second">The patch applied to what the first one gives.</param>
    /// <param name="composed">A patch that gives, on any target, what the two give one after the other.</param>
    /// <returns>
    /// <c>false</c> if there is no such patch: where the second has an object at a path at which the first has a null, a scalar or an
    /// array. A <see cref="PatchRun"/> can hold the two even then.
    /// </returns>
    public static bool TryCompose(JsonTree first, JsonTree second, [NotNullWhen(true)] out JsonTree? composed)
    {
        var run = PatchRun.Empty.Add(first).Add(second);
        composed = run.Clear is null ? run.Data : null;
        return composed is not null;
    }

    /// <summary>The patch that takes a patch back, and touches nothing the patch did not change.</summary>
    /// <param name="before">The value before the patch, without null members outside arrays (no patched document has any).</param>
    /// <param name="patch">The patch to take back.</param>
    /// <returns>A patch that applied to the patched value gives <paramref name="before"/>; the empty object if an object did not change.</returns>
    public static JsonTree Invert(JsonTree before, JsonTree patch)
    {
        if (patch is not ObjectTree changes || before is not ObjectTree)
        {
            return before;
        }

        var inverse = JsonTree.Empty;
        foreach (var (name, change) in changes.Members)
        {
            if (!before.TryGetMember(name, out var old))
            {
                inverse = change.IsNull ? inverse : inverse.With(name, JsonTree.Null);
            }
            else if (old is ObjectTree && change is ObjectTree)
            {
                var inner = Invert(old, change);
                inverse = ReferenceEquals(inner, JsonTree.Empty) ? inverse : inverse.With(name, inner);
            }
            else if (!old.Equals(change))
            {
                inverse = inverse.With(name, old);
            }
        }

        return inverse;
    }

    /// <summary>The smallest patch from one value to another. What the two share costs nothing but a look.</summary>
    /// <param name="from">The value that is there, without null members outside arrays (no patched document has any).</param>
    /// <param name="to">The value that is to be there, without such nulls too.</param>
    /// <returns>A patch that applied to <paramref name="from"/> gives <paramref name="to"/>; the empty object if the two are equal objects.</returns>
    public static JsonTree Difference(JsonTree from, JsonTree to)
    {
        if (from is not ObjectTree || to is not ObjectTree)
        {
            return to;
        }

        var difference = JsonTree.Empty;
        using var olds = from.Members.GetEnumerator();
        using var news = to.Members.GetEnumerator();
        var (hasOld, hasNew) = (olds.MoveNext(), news.MoveNext());
        while (hasOld || hasNew)
        {
            var order = !hasOld ? 1 : !hasNew ? -1 : string.CompareOrdinal(olds.Current.Name, news.Current.Name);
            if (order < 0)
            {
                difference = difference.With(olds.Current.Name, JsonTree.Null);
            }
            else if (order > 0 || !olds.Current.Value.Equals(news.Current.Value))
            {
                var change = order > 0 ? news.Current.Value : Difference(olds.Current.Value, news.Current.Value);
                difference = difference.With(news.Current.Name, change);
            }

            hasOld = order <= 0 ? olds.MoveNext() : hasOld;
            hasNew = order >= 0 ? news.MoveNext() : hasNew;
        }

        return difference;
    }

    /// <summary>What the object gives as a patch on nothing; the object itself if it has no null to be left out.</summary>
    private static ObjectTree WithoutNulls(ObjectTree patch)
    {
        var result = patch;
        foreach (var (name, value) in patch.Members)
        {
            result = value.IsNull ? result.Replace(name, value, null)
                : value is ObjectTree inner ? result.Replace(name, value, WithoutNulls(inner))
                : result;
        }

        return result;
    }
}
