using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using StackExchange.Redis;

namespace RealtimeSessions.EventLog.Redis;

/// <summary>
/// The index of a scope is one sorted set whose members all have the same score, so that Redis keeps them in the order of their bytes. A
/// document is listed under each of its orders, alone and together with each of its terms. A member is its list's name (16 bytes: a hash,
/// since terms may be long) and the document's place in it (8 bytes order value, then the id). A list is thus a range, sorted by value
/// and then by id; a page begins exactly where the one before ended; and whether a place is in another list too is one look-up.
/// </summary>
internal static class CatalogIndex
{
    private const int ListLength = 16;

    /// <summary>All members of a document.</summary>
    public static IEnumerable<RedisValue> Members(CatalogDocument document)
    {
        foreach (var (order, value) in document.Orders)
        {
            var place = Place(new CatalogCursor(value, document.Id));
            yield return (byte[])[.. List(order), .. place];
            foreach (var term in document.Terms)
            {
                yield return (byte[])[.. List(order, term), .. place];
            }
        }
    }

    /// <summary>The name of the list of the documents that have an order value and a term, or, without a term, of all that have the
    /// value.</summary>
    public static byte[] List(string order, string? term = null)
    {
        // The name of an order has no slash: no two lists are named by the same text.
        var name = Encoding.UTF8.GetBytes(term is null ? order : $"{order}/{term}");
        return SHA256.HashData(name)[..ListLength];
    }

    /// <summary>The place of a document in a list.</summary>
    public static byte[] Place(CatalogCursor cursor)
    {
        var place = new byte[sizeof(long) + Encoding.UTF8.GetByteCount(cursor.Id)];
        // The sign is turned over: negative values sort below positive ones.
        BinaryPrimitives.WriteInt64BigEndian(place, cursor.Value ^ long.MinValue);
        Encoding.UTF8.GetBytes(cursor.Id, place.AsSpan(sizeof(long)));
        return place;
    }

    /// <summary>The reverse of <see cref="Place"/>.</summary>
    public static CatalogCursor Cursor(ReadOnlySpan<byte> place) =>
        new(BinaryPrimitives.ReadInt64BigEndian(place) ^ long.MinValue, Encoding.UTF8.GetString(place[sizeof(long)..]));
}
