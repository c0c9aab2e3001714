using System.Text.Json.Serialization.Metadata;
using RealtimeSessions.Client.Live;
using RealtimeSessions.Client.Sessions;
using RealtimeSessions.Protocol;
using RealtimeSessions.Protocol.Data;

namespace RealtimeSessions.Client;

/// <summary>A live session whose data are of a type.</summary>
/// <typeparam name="TData">An immutable type. What others write into the data must fit it; members that it does not know are kept.</typeparam>
public sealed class LiveSession<TData> : LiveSession
{
    private readonly JsonTypeInfo<TData> _type;
    private readonly Lock _updating = new();
    private volatile Tuple<JsonTree, TData>? _read;

    internal LiveSession(Held<LiveSessionReplica> held, JsonTypeInfo<TData> type)
        : base(held) => _type = type;

    /// <summary>The data as this client sees them: <see cref="LiveSession.Data"/>, read when they have changed.</summary>
    /// <exception cref="System.Text.Json.JsonException">The data do not fit the type.</exception>
    public TData Value => Of(Data);

    /// <summary>Calls a handler with <see cref="Value"/> whenever the data have changed, by anybody. Data that do not fit the type are logged, not told.</summary>
    /// <returns>Disposing ends it.</returns>
    public IDisposable OnValue(Action<TData> handler) => OnChange(data => handler(Of(data)));

    /// <summary>Patches the data by the difference between a value and what is made of it.</summary>
    /// <param name="change">Makes the new value of the present one; pure, and quick: one is made at a time. A list is replaced whole.</param>
    /// <param name="cancellationToken">Ends the waiting for the answer, not the patch.</param>
    /// <exception cref="RealtimeException">As for <see cref="LiveSession.PatchAsync(JsonTree, CancellationToken)"/>.</exception>
    public Task<Ack> UpdateAsync(Func<TData, TData> change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        lock (_updating)
        {
            var before = Value;
            return PatchAsync(MergePatch.Difference(Tree(before), Tree(change(before))), cancellationToken);
        }
    }

    /// <summary>The value as data, in which a member that is null is none.</summary>
    private JsonTree Tree(TData value) => MergePatch.Apply(JsonTree.Null, JsonTree.From(value, _type));

    private TData Of(JsonTree data)
    {
        var known = _read;
        if (known is null || !ReferenceEquals(known.Item1, data))
        {
            _read = known = Tuple.Create(data, data.To(_type)!);
        }

        return known.Item2;
    }
}
