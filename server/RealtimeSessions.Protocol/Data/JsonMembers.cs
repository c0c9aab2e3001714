using System.Collections;

namespace RealtimeSessions.Protocol.Data;

/// <summary>The members of a JSON object in ordinal order of their names.</summary>
public readonly struct JsonMembers : IReadOnlyCollection<JsonMember>
{
    private readonly MemberMap? _map;

    internal JsonMembers(MemberMap map) => _map = map;

    /// <inheritdoc/>
    public int Count => _map?.Count ?? 0;

    /// <summary>Enumerates without allocation while the object is small.</summary>
    public Enumerator GetEnumerator() => new(_map ?? MemberMap.Empty);

    IEnumerator<JsonMember> IEnumerable<JsonMember>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Walks the members, page by page.</summary>
    public struct Enumerator : IEnumerator<JsonMember>
    {
        private readonly IEnumerator<JsonMember[]>? _pages;
        private JsonMember[] _page;
        private int _index = -1;

        internal Enumerator(MemberMap map)
        {
            if (map is MemberPage page)
            {
                _page = page.Members;
                return;
            }

            _page = [];
            _pages = map.Pages().GetEnumerator();
        }

        /// <inheritdoc/>
        public readonly JsonMember Current => _page[_index];

        readonly object IEnumerator.Current => Current;

        /// <inheritdoc/>
        public bool MoveNext()
        {
            if (++_index < _page.Length)
            {
                return true;
            }

            if (_pages is null || !_pages.MoveNext())
            {
                return false;
            }

            _page = _pages.Current;
            _index = 0;
            return true;
        }

        /// <summary>Not supported.</summary>
        public readonly void Reset() => throw new NotSupportedException();

        /// <inheritdoc/>
        public readonly void Dispose() => _pages?.Dispose();
    }
}
