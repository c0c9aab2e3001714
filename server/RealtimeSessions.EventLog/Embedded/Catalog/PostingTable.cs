using RealtimeSessions.EventLog.Embedded.Storage;

namespace RealtimeSessions.EventLog.Embedded.Catalog;

/// <summary>The tables of order values and postings for the writer. Only the rows that a change touches are written.</summary>
internal sealed class PostingTable(EmbeddedConnection connection)
{
    private readonly SqliteStatement _selectOrders = connection.Prepare("SELECT name, value FROM document_order WHERE document = ?1");

    private readonly SqliteStatement _setOrder = connection.Prepare(
        """
        INSERT INTO document_order (document, name, value) VALUES (?1, ?2, ?3)
        ON CONFLICT (document, name) DO UPDATE SET value = excluded.value
        """);

    private readonly SqliteStatement _removeOrder = connection.Prepare("DELETE FROM document_order WHERE document = ?1 AND name = ?2");

    private readonly SqliteStatement _add = connection.Prepare(
        "INSERT INTO posting (term, order_name, value, id) VALUES (?1, ?2, ?3, ?4)");

    private readonly SqliteStatement _remove = connection.Prepare(
        "DELETE FROM posting WHERE term = ?1 AND order_name = ?2 AND value = ?3 AND id = ?4");

    /// <summary>A document's order values.</summary>
    public Dictionary<string, long> Orders(long document)
    {
        var orders = new Dictionary<string, long>(StringComparer.Ordinal);
        using var run = _selectOrders.Start();
        run.Bind(1, document);
        while (run.Step())
        {
            orders.Add(run.Text(0), run.Int64(1));
        }

        return orders;
    }

    /// <summary>Gives a document other order values.</summary>
    public void ReplaceOrders(long document, Dictionary<string, long> present, IReadOnlyDictionary<string, long> wanted)
    {
        foreach (var (name, value) in wanted.Except(present))
        {
            using var run = _setOrder.Start();
            run.Bind(1, document);
            run.Bind(2, name);
            run.Bind(3, value);
            run.Step();
        }

        foreach (var name in present.Keys.Where(name => !wanted.ContainsKey(name)))
        {
            using var run = _removeOrder.Start();
            run.Bind(1, document);
            run.Bind(2, name);
            run.Step();
        }
    }

    /// <summary>Gives a document other postings: the product of its terms and its order values.</summary>
    public void Replace(string id, in Index present, in Index wanted)
    {
        Write(_remove, id, present, wanted);
        Write(_add, id, wanted, present);
    }

    /// <summary>Runs a statement for each posting of <paramref name="some"/> that <paramref name="others"/> has not.</summary>
    private static void Write(SqliteStatement statement, string id, in Index some, in Index others)
    {
        foreach (var (name, value) in some.Orders)
        {
            var isShared = others.Orders.TryGetValue(name, out var other) && other == value;
            foreach (var term in some.Terms)
            {
                if (isShared && others.Terms.Contains(term))
                {
                    continue;
                }

                using var run = statement.Start();
                run.Bind(1, term);
                run.Bind(2, name);
                run.Bind(3, value);
                run.Bind(4, id);
                run.Step();
            }
        }
    }

    /// <summary>What a document is found by.</summary>
    /// <param name="Terms">The numbers of its terms.</param>
    /// <param name="Orders">Its order values.</param>
    public readonly record struct Index(HashSet<long> Terms, IReadOnlyDictionary<string, long> Orders)
    {
        /// <summary>That of a document which is not there.</summary>
        public static Index None { get; } = new([], new Dictionary<string, long>());
    }
}
