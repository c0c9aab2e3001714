namespace RealtimeSessions.LoadTester.Identity;

/// <summary>Gives users' tokens. Thread-safe.</summary>
internal interface ITokenSource
{
    /// <summary>A token for a connection of a user.</summary>
    /// <exception cref="LoadException">There is none.</exception>
    ValueTask<string> GetAsync(string user, CancellationToken cancellationToken);

    /// <summary>The server did not take a token: the next connection asks for another one.</summary>
    void Refused(string user, string token);
}

/// <summary>One token for all.</summary>
internal sealed class FixedToken(string token) : ITokenSource
{
    public ValueTask<string> GetAsync(string user, CancellationToken cancellationToken) => new(token);

    public void Refused(string user, string token)
    {
        // There is no other.
    }
}
