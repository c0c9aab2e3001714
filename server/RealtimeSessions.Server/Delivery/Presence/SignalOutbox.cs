using RealtimeSessions.Server.Delivery.Frames;
using RealtimeSessions.Server.Delivery.Sessions;

namespace RealtimeSessions.Server.Delivery.Presence;

/// <summary>A signal on its way to members.</summary>
/// <param name="Argument">The callback's argument.</param>
/// <param name="From">The id of the connection that does not get it: its own.</param>
/// <param name="To">The user it is for; null: for everybody.</param>
internal sealed record Signal(ReadOnlyMemory<byte> Argument, string? From, string? To)
{
    private readonly Dictionary<FrameEncoder, byte[]> _frames = new(capacity: 1);

    /// <summary>Whether a member gets it.</summary>
    public bool IsFor(SessionMember member) => member.ConnectionId != From && (To is null || To == member.Caller.UserId);

    /// <summary>Its frame, encoded once for each protocol.</summary>
    public byte[] Frame(FrameEncoder encoder)
    {
        if (!_frames.TryGetValue(encoder, out var frame))
        {
            _frames.Add(encoder, frame = PresenceCallbacks.Signal(encoder, Argument.Span));
        }

        return frame;
    }
}

/// <summary>
/// Signals go to members at the head, and to nobody else: whoever is behind does not get them. Under load they gather and go out as one write;
/// when too much gathers, the oldest are dropped. Belongs to the channel's lock.
/// </summary>
internal sealed class SignalOutbox : IDisposable
{
    /// <summary>What may gather, in bytes; a single signal may weigh more.</summary>
    private const int MaximumBytes = 32 * 1024;

    /// <summary>A write to a member takes about so long, whatever it weighs.</summary>
    private static readonly TimeSpan WriteTime = TimeSpan.FromMicroseconds(20);

    private readonly IAudience _audience;
    private readonly Pace _pace;
    private readonly Queue<Signal> _signals = [];
    private int _bytes;

    public SignalOutbox(IAudience audience, TimeProvider time)
    {
        _audience = audience;
        _pace = new Pace(audience.Lock, time, Tell);
    }

    /// <summary>Tells a signal, at once or together with others.</summary>
    public void Add(Signal signal)
    {
        _signals.Enqueue(signal);
        _bytes += signal.Argument.Length;
        while (_bytes > MaximumBytes && _signals.Count > 1)
        {
            _bytes -= _signals.Dequeue().Argument.Length;
        }

        _pace.Request();
    }

    public void Dispose() => _pace.Dispose();

    private void Tell()
    {
        var isForAll = _signals.All(signal => signal.To is null);
        var makers = _signals.Select(signal => signal.From).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var shared = new SharedFrame(encoder => Join(_signals, encoder));
        var (bytes, told) = (0L, 0);
        foreach (var member in _audience.Members.Where(member => !member.IsCatchingUp))
        {
            var frame = isForAll && !makers.Contains(member.ConnectionId) ? shared : OwnFrame(member);
            if (frame is not null)
            {
                var (message, weight) = frame.For(member.Encoder);
                bytes += _audience.TryTell(member, message) ? weight : 0;
                told++;
            }
        }

        _signals.Clear();
        _bytes = 0;
        _pace.Rest(bytes, told * WriteTime);
    }

    /// <summary>What a member gets who does not get everything; null: nothing.</summary>
    private SharedFrame? OwnFrame(SessionMember member)
    {
        Signal[] own = [.. _signals.Where(signal => signal.IsFor(member))];
        return own.Length == 0 ? null : new SharedFrame(encoder => Join(own, encoder));
    }

    private static byte[] Join(IReadOnlyCollection<Signal> signals, FrameEncoder encoder)
    {
        var joined = new byte[signals.Sum(signal => signal.Frame(encoder).Length)];
        var rest = joined.AsSpan();
        foreach (var signal in signals)
        {
            var frame = signal.Frame(encoder);
            frame.CopyTo(rest);
            rest = rest[frame.Length..];
        }

        return joined;
    }
}
