using RealtimeSessions.EventLog.Embedded.Storage;

namespace RealtimeSessions.EventLog.Embedded.Catalog;

/// <summary>Reads of the table <c>posting</c> within a reader's transaction.</summary>
internal sealed class PostingReads(EmbeddedConnection connection)
{
    private const int FirstChunk = 32;
    private const int LastChunk = 512;

    private readonly SqliteStatement _next = connection.Prepare(
        """
        SELECT value, id FROM posting WHERE term = ?1 AND order_name = ?2 AND (value, id) < (?3, ?4)
        ORDER BY value DESC, id DESC LIMIT ?5
        """);

    private readonly SqliteStatement _exists = connection.Prepare(
        "SELECT 1 FROM posting WHERE term = ?1 AND order_name = ?2 AND value = ?3 AND id = ?4");

    /// <summary>The documents with a term after a place, in order. They are read by the chunk, so that several terms can be walked at once.</summary>
    public IEnumerable<Posting> Walk(long term, string order, Posting after)
    {
        for (var size = FirstChunk; ; size = Math.Min(size * 2, LastChunk))
        {
            var chunk = ReadChunk(term, order, after, size);
            foreach (var posting in chunk)
            {
                yield return posting;
            }

            if (chunk.Count < size)
            {
                yield break;
            }

            after = chunk[^1];
        }
    }

    /// <summary>The documents with any of some terms after a place, in order, each of them once.</summary>
    public IEnumerable<Posting> WalkAny(IEnumerable<long> terms, string order, Posting after)
    {
        var walks = new PriorityQueue<IEnumerator<Posting>, Posting>();
        foreach (var term in terms)
        {
            Advance(Walk(term, order, after).GetEnumerator());
        }

        var last = Posting.Start;
        while (walks.TryDequeue(out var walk, out var next))
        {
            if (next.CompareTo(last) != 0)
            {
                yield return next;
            }

            last = next;
            Advance(walk);
        }

        void Advance(IEnumerator<Posting> walk)
        {
            if (walk.MoveNext())
            {
                walks.Enqueue(walk, walk.Current);
            }
        }
    }

    /// <summary>Whether the document at a place has a term.</summary>
    public bool Has(long term, string order, Posting place)
    {
        using var run = _exists.Start();
        run.Bind(1, term);
        run.Bind(2, order);
        run.Bind(3, place.Value);
        run.BindText(4, place.Id);
        return run.Step();
    }

    private List<Posting> ReadChunk(long term, string order, Posting after, int size)
    {
        var chunk = new List<Posting>();
        using var run = _next.Start();
        run.Bind(1, term);
        run.Bind(2, order);
        run.Bind(3, after.Value);
        run.BindText(4, after.Id);
        run.Bind(5, size);
        while (run.Step())
        {
            chunk.Add(new Posting(run.Int64(0), run.Bytes(1)));
        }

        return chunk;
    }
}
