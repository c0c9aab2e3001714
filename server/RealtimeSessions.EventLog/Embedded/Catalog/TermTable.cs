using RealtimeSessions.EventLog.Embedded.Storage;

namespace RealtimeSessions.EventLog.Embedded.Catalog;

/// <summary>The tables of terms for the writer: a term is a number, and knows how many documents have it.</summary>
internal sealed class TermTable(EmbeddedConnection connection)
{
    /// <summary>The term that every document has: its rows are the whole scope in order.</summary>
    public const string Everything = "";

    private readonly SqliteStatement _find = connection.Prepare("SELECT id FROM term WHERE scope = ?1 AND text = ?2");

    private readonly SqliteStatement _insert = connection.Prepare(
        "INSERT INTO term (scope, text, documents) VALUES (?1, ?2, 0) RETURNING id");

    private readonly SqliteStatement _selectOf = connection.Prepare("SELECT term FROM document_term WHERE document = ?1");

    private readonly SqliteStatement _add = connection.Prepare("INSERT INTO document_term (document, term) VALUES (?1, ?2)");

    private readonly SqliteStatement _countUp = connection.Prepare("UPDATE term SET documents = documents + 1 WHERE id = ?1");

    private readonly SqliteStatement _remove = connection.Prepare("DELETE FROM document_term WHERE document = ?1 AND term = ?2");

    private readonly SqliteStatement _countDown = connection.Prepare("UPDATE term SET documents = documents - 1 WHERE id = ?1");

    private readonly SqliteStatement _removeUnused = connection.Prepare("DELETE FROM term WHERE id = ?1 AND documents = 0");

    /// <summary>The numbers of a document's terms.</summary>
    public HashSet<long> Of(long document)
    {
        var terms = new HashSet<long>();
        using var run = _selectOf.Start();
        run.Bind(1, document);
        while (run.Step())
        {
            terms.Add(run.Int64(0));
        }

        return terms;
    }

    /// <summary>The numbers of these terms and of <see cref="Everything"/>; made where they are new.</summary>
    public HashSet<long> FindOrAdd(long scope, IEnumerable<string> terms) =>
        terms.Append(Everything).Distinct(StringComparer.Ordinal).Select(term => FindOrAdd(scope, term)).ToHashSet();

    /// <summary>Gives a document other terms.</summary>
    public void Replace(long document, HashSet<long> present, HashSet<long> wanted)
    {
        foreach (var term in wanted.Where(term => !present.Contains(term)))
        {
            Run(_add, document, term);
            Run(_countUp, term);
        }

        foreach (var term in present.Where(term => !wanted.Contains(term)))
        {
            Run(_remove, document, term);
            Run(_countDown, term);
            Run(_removeUnused, term);
        }
    }

    private static void Run(SqliteStatement statement, long first, long? second = null)
    {
        using var run = statement.Start();
        run.Bind(1, first);
        if (second is { } value)
        {
            run.Bind(2, value);
        }

        run.Step();
    }

    private long FindOrAdd(long scope, string term)
    {
        using var find = _find.Start();
        find.Bind(1, scope);
        find.Bind(2, term);
        if (find.Step())
        {
            return find.Int64(0);
        }

        using var insert = _insert.Start();
        insert.Bind(1, scope);
        insert.Bind(2, term);
        insert.Step();
        return insert.Int64(0);
    }
}
