using Microsoft.AspNetCore.SignalR;

namespace RealtimeSessions.MessagePack.Tests.Support;

/// <summary>What the tests' methods take, and their calls and streams give.</summary>
internal sealed class Binder : IInvocationBinder
{
    public static Binder Instance { get; } = new();

    /// <summary>Of the call <c>unknown</c> nothing is known; the others give a number.</summary>
    public Type GetReturnType(string invocationId) => invocationId == "unknown" ? throw new KeyNotFoundException("No such call.") : typeof(int);

    public IReadOnlyList<Type> GetParameterTypes(string methodName) => methodName switch
    {
        "method" => [typeof(int)],
        "two" => [typeof(Point), typeof(string)],
        "none" => [],
        _ => throw new KeyNotFoundException("No such method."),
    };

    public Type GetStreamItemType(string streamId) => streamId == "unknown" ? throw new KeyNotFoundException("No such stream.") : typeof(int);
}

/// <summary>An argument with members.</summary>
internal sealed record Point(int X, double? Y, string? Name);
