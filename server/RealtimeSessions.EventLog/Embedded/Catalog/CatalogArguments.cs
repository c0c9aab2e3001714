using System.Buffers;
using RealtimeSessions.EventLog.Embedded.Storage;

namespace RealtimeSessions.EventLog.Embedded.Catalog;

/// <summary>Checks what callers give, before it waits with other callers' writes.</summary>
internal static class CatalogArguments
{
    private const int MaximumNameLength = 200;
    private const int MaximumTermLength = 2_000;
    private const int MaximumOrderLength = 40;
    private const long MaximumOrderValue = 1L << 53;
    private const int MaximumBodyBytes = 4 * 1024 * 1024;
    private const int MaximumPage = 1_000;
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static readonly SearchValues<char> OrderCharacters = SearchValues.Create(Letters);
    private static readonly SearchValues<char> ScopeCharacters = SearchValues.Create(Letters + "0123456789_/-");

    public static void CheckScope(string scope)
    {
        Argument.RequireText(scope, MaximumNameLength, nameof(scope));
        Argument.Require(!scope.AsSpan().ContainsAnyExcept(ScopeCharacters), $"'{scope}' is not the name of a scope.", nameof(scope));
    }

    public static void CheckId(string id)
    {
        Argument.RequireText(id, MaximumNameLength, nameof(id));
        Argument.Require(!id.Any(char.IsControl), "An id has no control characters.", nameof(id));
    }

    public static void CheckVersion(long? expectedVersion) =>
        Argument.Require(expectedVersion is null or >= 0, "A version is 0 or higher.", nameof(expectedVersion));

    public static void Check(CatalogDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        CheckId(document.Id);
        Argument.Require(
            document.Body.Length <= MaximumBodyBytes, $"A body has at most {MaximumBodyBytes} bytes.", nameof(document));
        CheckTerms(document.Terms);
        foreach (var (name, value) in document.Orders)
        {
            CheckOrder(name);
            Argument.Require(
                value is >= -MaximumOrderValue and <= MaximumOrderValue, "An order value is at most 2^53.", nameof(document));
        }
    }

    public static void Check(CatalogQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        CheckScope(query.Scope);
        CheckOrder(query.OrderBy);
        CheckTerms(query.AllOf);
        CheckTerms(query.AnyOf);
        Argument.Require(query.Limit is >= 1 and <= MaximumPage, $"A page has 1 to {MaximumPage} documents.", nameof(query));
        Argument.Require(query.After is not { Id: null }, "A place in an order has an id.", nameof(query));
    }

    private static void CheckTerms(IReadOnlyCollection<string> terms)
    {
        foreach (var term in terms)
        {
            Argument.RequireText(term, MaximumTermLength, nameof(terms));
        }
    }

    private static void CheckOrder(string name)
    {
        Argument.RequireText(name, MaximumOrderLength, nameof(name));
        Argument.Require(!name.AsSpan().ContainsAnyExcept(OrderCharacters), $"'{name}' is not the name of an order.", nameof(name));
    }
}
