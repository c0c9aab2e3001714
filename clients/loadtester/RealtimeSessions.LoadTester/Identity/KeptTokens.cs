using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Text.Json;

namespace RealtimeSessions.LoadTester.Identity;

/// <summary>Fetches a user's token once and keeps it until a minute before it expires, or until it is refused. A token that does not tell when it expires is kept until then.</summary>
/// <param name="fetch">Fetches one, for the name of a user.</param>
/// <param name="time">The clock.</param>
internal sealed class KeptTokens(Func<string, CancellationToken, Task<string>> fetch, TimeProvider time) : ITokenSource
{
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, UserToken> _users = new();

    public async ValueTask<string> GetAsync(string user, CancellationToken cancellationToken)
    {
        var kept = _users.GetOrAdd(user, static _ => new UserToken());
        if (kept.Current is { } current && time.GetUtcNow() < current.Until)
        {
            return current.Token;
        }

        await kept.Fetching.WaitAsync(cancellationToken);
        try
        {
            if (kept.Current is { } fetched && time.GetUtcNow() < fetched.Until)
            {
                return fetched.Token;
            }

            var token = await fetch(user, cancellationToken);
            kept.Current = new KeptToken(token, ExpiryOf(token) is { } expiry ? expiry - Ahead : DateTimeOffset.MaxValue);
            return token;
        }
        finally
        {
            kept.Fetching.Release();
        }
    }

    public void Refused(string user, string token)
    {
        if (_users.TryGetValue(user, out var kept) && kept.Current?.Token == token)
        {
            kept.Current = null;
        }
    }

    /// <summary>When a token expires, if it is a JWT that says so.</summary>
    private static DateTimeOffset? ExpiryOf(string token)
    {
        try
        {
            using var claims = token.Split('.') is [_, var payload, _] ? JsonDocument.Parse(Base64Url.DecodeFromChars(payload)) : null;
            return claims?.RootElement.TryGetProperty("exp", out var expiry) == true ? DateTimeOffset.FromUnixTimeSeconds(expiry.GetInt64()) : null;
        }
        catch (Exception exception) when (exception is FormatException or JsonException or InvalidOperationException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private sealed class UserToken
    {
        public SemaphoreSlim Fetching { get; } = new(1);

        public KeptToken? Current { get; set; }
    }

    private sealed record KeptToken(string Token, DateTimeOffset Until);
}
