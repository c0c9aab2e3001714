using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RealtimeSessions.Server.Conversations.Entries;

/// <summary>Ids and terms of entries in the catalog.</summary>
internal static class EntryId
{
    private const int MaximumTerm = 200;

    /// <summary>The id of a number: their order is that of the numbers.</summary>
    public static string Of(long number) => number.ToString("D16", CultureInfo.InvariantCulture);

    /// <summary>A term of a text, however long.</summary>
    public static string Term(string kind, string text) => text.Length <= MaximumTerm
        ? $"{kind}:{text}"
        : $"{kind}+{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";
}
