namespace RealtimeSessions.EventLog;

/// <summary>
/// The name of a log: segments of <c>[A-Za-z0-9_-]</c> joined by <c>/</c>, at most 200 characters in all, for example
/// <c>session/demo/board-1</c>.
/// </summary>
public readonly record struct LogId
{
    private const int MaximumLength = 200;

    private static readonly System.Buffers.SearchValues<char> Allowed =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-/");

    /// <summary>Checks and takes a name.</summary>
    /// <exception cref="ArgumentException">The name has another form.</exception>
    public LogId(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        if (value.Length > MaximumLength || value.AsSpan().ContainsAnyExcept(Allowed))
        {
            throw new ArgumentException($"'{value}' is not the name of a log.", nameof(value));
        }

        Value = value;
    }

    /// <summary>The name.</summary>
    public string Value { get; }

    /// <summary>The name.</summary>
    public override string ToString() => Value;
}
