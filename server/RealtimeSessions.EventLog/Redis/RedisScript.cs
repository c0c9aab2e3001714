using System.Security.Cryptography;
using System.Text;

namespace RealtimeSessions.EventLog.Redis;

/// <summary>A Lua script of this assembly and the hash by which a server that knows it is asked to run it.</summary>
internal sealed class RedisScript
{
    private RedisScript(string name)
    {
        using var stream = typeof(RedisScript).Assembly.GetManifestResourceStream(typeof(RedisScript), $"Scripts.{name}.lua")
            ?? throw new InvalidOperationException($"The script {name}.lua is not in the assembly.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        Text = reader.ReadToEnd();
        Hash = SHA1.HashData(Encoding.UTF8.GetBytes(Text));
    }

    public static RedisScript Append { get; } = new("append");

    public static RedisScript Read { get; } = new("read");

    public static RedisScript ReadSnapshot { get; } = new("read-snapshot");

    public static RedisScript WriteSnapshot { get; } = new("write-snapshot");

    public static RedisScript Delete { get; } = new("delete");

    public static RedisScript ChangeEpoch { get; } = new("change-epoch");

    public static RedisScript CatalogGet { get; } = new("catalog-get");

    public static RedisScript CatalogPut { get; } = new("catalog-put");

    public static RedisScript CatalogDelete { get; } = new("catalog-delete");

    public static RedisScript CatalogQuery { get; } = new("catalog-query");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<RedisScript> All { get; } =
        [Append, Read, ReadSnapshot, WriteSnapshot, Delete, ChangeEpoch, CatalogGet, CatalogPut, CatalogDelete, CatalogQuery];

    /// <summary>The script's text.</summary>
    public string Text { get; }

    /// <summary>The SHA-1 of the text, as EVALSHA wants it.</summary>
    public byte[] Hash { get; }
}
