using RealtimeSessions.Client;
using RealtimeSessions.LoadTester.Identity;

namespace RealtimeSessions.LoadTester.Load;

/// <summary>Against which server, and how.</summary>
internal sealed record LoadTarget
{
    /// <summary>The server's address.</summary>
    public required Uri Url { get; init; }

    /// <summary>The application whose sessions are used.</summary>
    public required string Application { get; init; }

    /// <summary>The users' names. The first one makes the sessions.</summary>
    public required IReadOnlyList<string> Users { get; init; }

    /// <summary>Their tokens.</summary>
    public required ITokenSource Tokens { get; init; }

    /// <summary>The hub protocol.</summary>
    public required RealtimeProtocol Protocol { get; init; }

    /// <summary>What connections are made of.</summary>
    public required ClientKind Client { get; init; }

    /// <summary>The options of a .NET client for a user.</summary>
    public RealtimeClientOptions OptionsOf(string user) => new()
    {
        Url = Url,
        Protocol = Protocol,
        AccessToken = async cancellationToken => await Tokens.GetAsync(user, cancellationToken),
    };
}

/// <summary>What a connection is made of.</summary>
internal enum ClientKind
{
    /// <summary>A socket with as little as possible around it: for many.</summary>
    Lean,

    /// <summary>The .NET client, each with a replica of its own: as applications do it.</summary>
    Library,
}
