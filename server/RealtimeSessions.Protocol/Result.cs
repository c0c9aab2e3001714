using System.Diagnostics.CodeAnalysis;

namespace RealtimeSessions.Protocol;

/// <summary>A value, or the error that stands in its place.</summary>
/// <typeparam name="T">The value's type.</typeparam>
public readonly struct Result<T>
{
    private Result(T? value, Error? error) => (Value, Error) = (value, error);

    /// <summary>The value; the default if there is an error.</summary>
    public T? Value { get; }

    /// <summary>The error, or null.</summary>
    public Error? Error { get; }

    /// <summary>Reads either.</summary>
    /// <returns>True if there is a value.</returns>
    public bool TryGet([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out Error? error)
    {
        (value, error) = (Value, Error);
        return error is null;
    }

    /// <summary>A value.</summary>
    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>An error.</summary>
    public static implicit operator Result<T>(Error error) => new(default, error);
}
