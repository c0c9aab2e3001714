using System.Diagnostics.CodeAnalysis;

namespace RealtimeSessions.EventLog.Embedded.Storage;

/// <summary>A bounded cache. It sheds only when told to, so that nothing is lost in the middle of a transaction.</summary>
internal sealed class LeastRecentlyUsed<TKey, TValue>(int capacity) where TKey : notnull
{
    private readonly Dictionary<TKey, LinkedListNode<(TKey Key, TValue Value)>> _nodes = [];
    private readonly LinkedList<(TKey Key, TValue Value)> _order = new();

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        if (!_nodes.TryGetValue(key, out var node))
        {
            value = default;
            return false;
        }

        if (node != _order.First)
        {
            _order.Remove(node);
            _order.AddFirst(node);
        }

        value = node.Value.Value;
        return true;
    }

    public void Set(TKey key, TValue value)
    {
        if (_nodes.TryGetValue(key, out var node))
        {
            node.Value = (key, value);
        }
        else
        {
            _nodes.Add(key, _order.AddFirst((key, value)));
        }
    }

    public void Remove(TKey key)
    {
        if (_nodes.Remove(key, out var node))
        {
            _order.Remove(node);
        }
    }

    /// <summary>Forgets the entries used longest ago beyond the capacity.</summary>
    public void Shed()
    {
        while (_nodes.Count > capacity)
        {
            _nodes.Remove(_order.Last!.Value.Key);
            _order.RemoveLast();
        }
    }

    public void Clear()
    {
        _nodes.Clear();
        _order.Clear();
    }
}
