using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace RealtimeSessions.Protocol.Data;

/// <summary>
/// An immutable JSON value. A change makes a new value that shares everything it did not touch, so it costs what the change
/// weighs and not what the value weighs. Safe for any number of threads.
/// </summary>
/// <remarks>
/// <para>
/// Every value has one canonical text: no white space; object members in ordinal order of their names (but in the given order
/// inside arrays, which are atoms here); numbers with exactly the digits they came with; strings escaped only where JSON requires
/// it, as JavaScript's <c>JSON.stringify</c> does. Two values are equal if their canonical texts are, so <c>1.10</c> is not
/// <c>1.1</c>.
/// </para>
/// <para>
/// No value holds a member twice or text that is not Unicode: reading refuses both, and what nests too deep.
/// </para>
/// </remarks>
[JsonConverter(typeof(JsonTreeConverter))]
public abstract class JsonTree : IEquatable<JsonTree>
{
    /// <summary>How deep objects and arrays may nest where nothing else is said.</summary>
    public const int DefaultMaximumDepth = 32;

    private protected JsonTree()
    {
    }

    /// <summary>The object without members.</summary>
    public static JsonTree Empty => ObjectTree.Empty;

    /// <summary>The JSON <c>null</c>.</summary>
    public static JsonTree Null => LeafTree.Null;

    /// <summary>The length of the canonical text in bytes of UTF-8. Known at once.</summary>
    public abstract int Weight { get; }

    /// <summary>Whether this is an object; if not, it is an array or a scalar.</summary>
    public bool IsObject => this is ObjectTree;

    /// <summary>Whether this is the JSON <c>null</c>.</summary>
    public bool IsNull => ReferenceEquals(this, LeafTree.Null);

    /// <summary>Whether this is the JSON <c>true</c>.</summary>
    public bool IsTrue => ReferenceEquals(this, LeafTree.True);

    /// <summary>Whether this is the JSON <c>false</c>.</summary>
    public bool IsFalse => ReferenceEquals(this, LeafTree.False);

    /// <summary>The members in ordinal order of their names; none if this is not an object.</summary>
    public virtual JsonMembers Members => default;

    /// <summary>Whether objects and arrays nest deeper than this. A scalar has no depth, <c>{}</c> has 1. Costs at most a walk over the value.</summary>
    public bool IsDeeperThan(int depth) => Weight > 2 * depth && NestsDeeperThan(depth);

    /// <summary>Reads a JSON text.</summary>
    /// <param name="utf8">One JSON value in UTF-8; comments and trailing commas are refused.</param>
    /// <param name="maximumDepth">How deep objects and arrays may nest; 0 allows scalars only, 1,000 is the most.</param>
    /// <exception cref="JsonException">
    /// The text is not JSON or not Unicode (a lone surrogate included), has a member twice in one object, or nests too deep.
    /// <see cref="JsonException.Path"/> tells where, from <c>$</c>.
    /// </exception>
    public static JsonTree Parse(ReadOnlySpan<byte> utf8, int maximumDepth = DefaultMaximumDepth) => JsonTreeParser.Parse(utf8, maximumDepth);

    /// <summary>Reads a JSON text.</summary>
    /// <exception cref="JsonException">As for <see cref="Parse(ReadOnlySpan{byte}, int)"/>.</exception>
    public static JsonTree Parse(string json, int maximumDepth = DefaultMaximumDepth) => Parse(JsonText.Unicode.GetBytes(json), maximumDepth);

    /// <summary>A string.</summary>
    /// <exception cref="ArgumentException">The text is not Unicode: it has a lone surrogate.</exception>
    public static JsonTree From(string text) => LeafTree.From(text);

    /// <summary>What a value is as JSON.</summary>
    /// <param name="value">The value.</param>
    /// <param name="type">How it is written.</param>
    /// <exception cref="JsonException">It nests deeper than <see cref="JsonTreeConverter.MaximumDepth"/>, or is not Unicode.</exception>
    public static JsonTree From<T>(T value, JsonTypeInfo<T> type) =>
        Parse(JsonSerializer.SerializeToUtf8Bytes(value, type), JsonTreeConverter.MaximumDepth);

    /// <summary>What a node is as JSON; <c>null</c> is the JSON null.</summary>
    /// <exception cref="JsonException">As for <see cref="From{T}"/>.</exception>
    public static JsonTree From(JsonNode? node) =>
        node is null ? Null : Parse(node.ToJsonString(), JsonTreeConverter.MaximumDepth);

    /// <summary>Reads this as a value of a type.</summary>
    /// <exception cref="JsonException">It is none of that type.</exception>
    public T? To<T>(JsonTypeInfo<T> type)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Weight);
        try
        {
            return JsonSerializer.Deserialize(bytes.AsSpan(0, Write(bytes)), type);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    /// <summary>
    /// Reads the value that starts at the reader's token (at the next one if nothing was read yet) and leaves the reader on its last
    /// token, as JSON converters do.
    /// </summary>
    /// <param name="reader">A reader that holds the value to its end.</param>
    /// <param name="maximumDepth">How deep objects and arrays may nest within the value; 0 allows scalars only, 1,000 is the most.</param>
    /// <exception cref="JsonException">As for <see cref="Parse(ReadOnlySpan{byte}, int)"/>; the path starts at the value.</exception>
    public static JsonTree Read(ref Utf8JsonReader reader, int maximumDepth = DefaultMaximumDepth) =>
        JsonTreeParser.Read(ref reader, maximumDepth);

    /// <summary>Finds a member.</summary>
    /// <param name="name">The name; compared ordinally.</param>
    /// <param name="value">The value; a member that is null gives <see cref="Null"/>.</param>
    /// <returns><c>false</c> if there is no such member or this is not an object.</returns>
    public virtual bool TryGetMember(string name, [NotNullWhen(true)] out JsonTree? value)
    {
        value = null;
        return false;
    }

    /// <summary>This object with the member added or replaced; this object itself if it has that very value there.</summary>
    /// <exception cref="InvalidOperationException">This is not an object.</exception>
    /// <exception cref="ArgumentException">The name is not Unicode: it has a lone surrogate.</exception>
    public virtual JsonTree With(string name, JsonTree value) => throw new InvalidOperationException("Only objects have members.");

    /// <summary>This object without the member; this object itself if it has none of that name.</summary>
    /// <exception cref="InvalidOperationException">This is not an object.</exception>
    public virtual JsonTree Without(string name) => throw new InvalidOperationException("Only objects have members.");

    /// <summary>Writes the canonical text, <see cref="Weight"/> bytes.</summary>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public void CopyTo(Span<byte> destination)
    {
        if (destination.Length < Weight)
        {
            throw new ArgumentException("The destination is shorter than the value's weight.", nameof(destination));
        }

        Write(destination);
    }

    /// <summary>The canonical text.</summary>
    public byte[] ToUtf8Bytes()
    {
        var bytes = new byte[Weight];
        Write(bytes);
        return bytes;
    }

    /// <summary>Writes the canonical text.</summary>
    public void WriteTo(IBufferWriter<byte> writer)
    {
        var weight = Weight;
        Write(writer.GetSpan(weight));
        writer.Advance(weight);
    }

    /// <summary>Writes the canonical text as one raw value, whatever the writer's own escaping and indentation.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        var weight = Weight;
        var bytes = ArrayPool<byte>.Shared.Rent(weight);
        Write(bytes);
        writer.WriteRawValue(bytes.AsSpan(0, weight), skipInputValidation: true);
        ArrayPool<byte>.Shared.Return(bytes);
    }

    /// <summary>The canonical text.</summary>
    public sealed override string ToString() => Encoding.UTF8.GetString(ToUtf8Bytes());

    /// <summary>Whether the canonical texts are equal.</summary>
    public bool Equals([NotNullWhen(true)] JsonTree? other) =>
        ReferenceEquals(this, other) || (other is not null && Weight == other.Weight && HasSameContent(other));

    /// <inheritdoc/>
    public sealed override bool Equals(object? obj) => obj is JsonTree other && Equals(other);

    /// <inheritdoc/>
    public abstract override int GetHashCode();

    /// <summary>Writes the canonical text to a destination that is long enough, and tells how many bytes.</summary>
    internal abstract int Write(Span<byte> destination);

    private protected abstract bool HasSameContent(JsonTree other);

    private protected abstract bool NestsDeeperThan(int depth);
}
