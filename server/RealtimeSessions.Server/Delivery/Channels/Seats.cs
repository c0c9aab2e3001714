namespace RealtimeSessions.Server.Delivery.Channels;

/// <summary>A connection's memberships in channels of one kind: at most one in each, and not more than may be. Thread-safe.</summary>
/// <typeparam name="TKey">What names a channel.</typeparam>
internal sealed class Seats<TKey>
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, Seat> _seats = [];
    private bool _hasEnded;

    /// <summary>The membership in a channel, or null.</summary>
    public ChannelMember? Find(TKey key)
    {
        lock (_lock)
        {
            return _seats.GetValueOrDefault(key)?.Member;
        }
    }

    /// <summary>Every membership.</summary>
    public IReadOnlyList<ChannelMember> FindAll()
    {
        lock (_lock)
        {
            return [.. _seats.Values.Select(seat => seat.Member).OfType<ChannelMember>()];
        }
    }

    /// <summary>Reserves a seat, as long as the reservation is not disposed: it counts from now on.</summary>
    /// <returns>The reservation, or null if there are as many as may be.</returns>
    public Reservation? TryReserve(TKey key, int maximum)
    {
        lock (_lock)
        {
            if (!_seats.TryGetValue(key, out var seat))
            {
                if (_seats.Count >= maximum)
                {
                    return null;
                }

                _seats.Add(key, seat = new Seat());
            }

            seat.Reservations++;
            return new Reservation(this, key, seat.Departures);
        }
    }

    /// <summary>Takes a membership away, and those that are still on their way in.</summary>
    /// <returns>The one that was there, or null.</returns>
    public ChannelMember? Take(TKey key)
    {
        lock (_lock)
        {
            if (_seats.TryGetValue(key, out var seat))
            {
                seat.Departures++;
            }

            return Replace(key, member: null);
        }
    }

    /// <summary>Takes a membership away, if it is still there.</summary>
    public void Free(TKey key, ChannelMember member)
    {
        lock (_lock)
        {
            if (_seats.GetValueOrDefault(key) is { } seat && seat.Member == member)
            {
                seat.Member = null;
                RemoveIfFree(key, seat);
            }
        }
    }

    /// <summary>Takes every membership away, for good.</summary>
    public IReadOnlyList<ChannelMember> TakeAll()
    {
        lock (_lock)
        {
            _hasEnded = true;
            ChannelMember[] all = [.. _seats.Values.Select(seat => seat.Member).OfType<ChannelMember>()];
            _seats.Clear();
            return all;
        }
    }

    private ChannelMember? Replace(TKey key, ChannelMember? member, int? departures = null)
    {
        lock (_lock)
        {
            if (_hasEnded)
            {
                return member;
            }

            if (!_seats.TryGetValue(key, out var seat))
            {
                return null;
            }

            if (departures is { } known && seat.Departures != known)
            {
                return member;
            }

            (var before, seat.Member) = (seat.Member, member);
            RemoveIfFree(key, seat);
            return before;
        }
    }

    private void Cancel(TKey key)
    {
        lock (_lock)
        {
            if (_seats.TryGetValue(key, out var seat))
            {
                seat.Reservations--;
                RemoveIfFree(key, seat);
            }
        }
    }

    private void RemoveIfFree(TKey key, Seat seat)
    {
        if (seat is { Member: null, Reservations: 0 })
        {
            _seats.Remove(key);
        }
    }

    /// <summary>A seat that is held for a membership to come.</summary>
    internal sealed class Reservation(Seats<TKey> seats, TKey key, int departures) : IDisposable
    {
        /// <summary>Puts a membership in the place of another.</summary>
        /// <returns>The one that is to leave: the one that was there, or, if the connection has left or ended meanwhile, the new one.</returns>
        public ChannelMember? Replace(ChannelMember? member) => seats.Replace(key, member, departures);

        public void Dispose() => seats.Cancel(key);
    }

    private sealed class Seat
    {
        public ChannelMember? Member { get; set; }

        public int Reservations { get; set; }

        /// <summary>How often it was left: what was reserved before is left too.</summary>
        public int Departures { get; set; }
    }
}
