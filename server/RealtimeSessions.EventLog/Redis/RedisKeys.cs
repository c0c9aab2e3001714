using System.Buffers;
using StackExchange.Redis;

namespace RealtimeSessions.EventLog.Redis;

/// <summary>
/// The name of every key and channel. What stands in braces is the hash tag: the keys of one log, and those of one catalog scope, live
/// in one slot of a cluster, so that one script may use them together.
/// </summary>
internal sealed class RedisKeys
{
    private const int MaximumPrefixLength = 40;
    private const int MaximumScopeLength = 200;

    private static readonly SearchValues<char> PrefixCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.:-");

    private static readonly SearchValues<char> ScopeCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_/-");

    private readonly string _prefix;

    /// <exception cref="ArgumentException">The prefix has another form than <see cref="RedisOptions.KeyPrefix"/> says.</exception>
    public RedisKeys(string prefix)
    {
        if (prefix.Length is 0 or > MaximumPrefixLength || prefix.AsSpan().ContainsAnyExcept(PrefixCharacters))
        {
            throw new ArgumentException(
                $"The Redis key prefix '{prefix}' is not 1 to {MaximumPrefixLength} characters of [A-Za-z0-9_.:-].", nameof(prefix));
        }

        _prefix = prefix;
        CatalogChannel = Channel($"{prefix}:catalog");
    }

    /// <summary>Where changed scopes are announced: one channel for all, each message is the scope's name.</summary>
    public RedisChannel CatalogChannel { get; }

    /// <summary>Where a log's appends are announced.</summary>
    public RedisChannel LogChannel(LogId log) => Channel($"{_prefix}:log:{log}");

    /// <summary>Where messages of a topic are published.</summary>
    public RedisChannel TopicChannel(LogId topic) => Channel($"{_prefix}:topic:{topic}");

    /// <summary>The keys of a log.</summary>
    public LogKeys Log(LogId log) => new($"{{{_prefix}:log:{log}}}");

    /// <summary>The keys of a catalog scope.</summary>
    /// <exception cref="ArgumentException">The scope's name has another form than <see cref="ICatalog"/> allows.</exception>
    public CatalogKeys Catalog(string scope)
    {
        ArgumentException.ThrowIfNullOrEmpty(scope);
        if (scope.Length > MaximumScopeLength || scope.AsSpan().ContainsAnyExcept(ScopeCharacters))
        {
            throw new ArgumentException($"'{scope}' is not the name of a scope.", nameof(scope));
        }

        return new($"{{{_prefix}:catalog:{scope}}}");
    }

    private static RedisChannel Channel(string name) => new(name, RedisChannel.PatternMode.Literal);
}

/// <summary>The keys of one log.</summary>
internal readonly record struct LogKeys(string Tag)
{
    /// <summary>Hash: epoch, head, guard, …; after a deletion only <c>deleted</c>, the tombstone.</summary>
    public RedisKey Meta => Tag + ":meta";

    /// <summary>Stream: the events, with their sequence as id and one field, <c>e</c> (see <see cref="EventFrame"/>).</summary>
    public RedisKey Events => Tag + ":events";

    /// <summary>Hash: per writer his last number, its sequence, when, and the header of that event.</summary>
    public RedisKey Writers => Tag + ":writers";

    /// <summary>Sorted set: the writers by the sequence of their last append.</summary>
    public RedisKey WriterOrder => Tag + ":writers:order";

    /// <summary>String: the state of the latest snapshot.</summary>
    public RedisKey Latest => Tag + ":snapshot:latest";

    /// <summary>String: the state of the base snapshot, at the edge of retention.</summary>
    public RedisKey Base => Tag + ":snapshot:base";
}

/// <summary>The keys of one catalog scope.</summary>
internal readonly record struct CatalogKeys(string Tag)
{
    /// <summary>Integer: the scope's version.</summary>
    public RedisKey Version => Tag + ":version";

    /// <summary>Hash: each document's version, also that of deleted ones.</summary>
    public RedisKey Versions => Tag + ":versions";

    /// <summary>Hash: each document's body.</summary>
    public RedisKey Bodies => Tag + ":bodies";

    /// <summary>Hash: each document's members of the index, packed.</summary>
    public RedisKey Members => Tag + ":members";

    /// <summary>Sorted set of equal scores: the index (see <see cref="CatalogIndex"/>).</summary>
    public RedisKey Index => Tag + ":index";
}
